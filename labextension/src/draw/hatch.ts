/** Side of the tile in pixels; the diagonals of neighbouring tiles meet. */
const tile = 6;
const stripe = 1.8;

/** One diagonal through the tile and the corners of its two neighbours: from x, y to x, y. */
const diagonals = [
  [0, tile, tile, 0],
  [-tile / 2, tile / 2, tile / 2, -tile / 2],
  [tile / 2, tile * 1.5, tile * 1.5, tile / 2]
] as const;

/** Diagonal lines on a ground, as a fill for one of zrender's two renderers. */
export function hatch(line: string, ground: string, renderer: 'svg' | 'canvas'): object {
  return { type: 'pattern', repeat: 'repeat', ...(renderer === 'svg' ? element(line, ground) : picture(line, ground)) };
}

function element(line: string, ground: string): object {
  const d = diagonals.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join('');
  return {
    svgWidth: tile,
    svgHeight: tile,
    svgElement: {
      tag: 'g',
      key: 'hatch',
      attrs: {},
      children: [
        { tag: 'rect', key: 'ground', attrs: { width: tile, height: tile, fill: ground } },
        { tag: 'path', key: 'lines', attrs: { d, stroke: line, 'stroke-width': stripe, fill: 'none' } }
      ]
    }
  };
}

function picture(line: string, ground: string): object {
  const scale = Math.ceil(window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = tile * scale;
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, tile, tile);
  context.strokeStyle = line;
  context.lineWidth = stripe;
  context.beginPath();
  for (const [x1, y1, x2, y2] of diagonals) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
  return { image: canvas, scaleX: 1 / scale, scaleY: 1 / scale };
}
