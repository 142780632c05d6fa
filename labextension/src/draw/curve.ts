export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

type Point = [x: number, y: number];

const parts = 40;
const gap = 3;
const headLength = 10;
const headWidth = 5;
const labelHeight = 18;
const lineWidth = 2.5;

/**
 * An arrow from the edge of one box to the edge of another, bent to the left of its
 * direction by `bow` pixels; null if there is no room. The Go side has the same
 * (waitfor_figure.go).
 */
export function curve(from: Box, to: Box, bow: number): { shaft: Point[]; head: Point[]; place(width: number): Point } | null {
  const [a, b] = [middle(from), middle(to)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (length === 0) {
    return null;
  }
  const left: Point = [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
  const [cx, cy] = [(a[0] + b[0]) / 2 + 2 * bow * left[0], (a[1] + b[1]) / 2 + 2 * bow * left[1]];
  const way: Point[] = [];
  for (let i = 0; i <= parts; i++) {
    const t = i / parts;
    const at = (a: number, c: number, b: number): number => (1 - t) * (1 - t) * a + 2 * t * (1 - t) * c + t * t * b;
    const p: Point = [at(a[0], cx, b[0]), at(a[1], cy, b[1])];
    if (!within(from, p) && !within(to, p)) {
      way.push(p);
    }
  }
  if (way.length < 2) {
    return null;
  }
  const tip = way.at(-1)!;
  const neck = way.at(-3) ?? way[0]!;
  const far = Math.hypot(tip[0] - neck[0], tip[1] - neck[1]);
  const [dx, dy] = [(tip[0] - neck[0]) / far, (tip[1] - neck[1]) / far];
  const base: Point = [tip[0] - dx * headLength, tip[1] - dy * headLength];
  const shaft = way.filter(p => Math.hypot(p[0] - tip[0], p[1] - tip[1]) > headLength);
  return {
    shaft: [...shaft, base],
    head: [tip, [base[0] - dy * headWidth, base[1] + dx * headWidth], [base[0] + dy * headWidth, base[1] - dx * headWidth]],
    // On the line, or beside one that a text would hide.
    place(width) {
      const [x, y] = way[Math.floor(way.length / 2)]!;
      const [across, down] = [tip[0] - way[0]![0], tip[1] - way[0]![1]];
      if (Math.abs(across) >= width + 60 || Math.abs(down) >= 40) {
        return [x, y];
      }
      // So far to the side that no corner of the text's halo reaches the line.
      const far = Math.hypot(across, down);
      const aside = (Math.abs(across / far) * labelHeight) / 2 + (Math.abs(down / far) * width) / 2 + lineWidth + 3;
      return [x + (aside * down) / far, y - (aside * across) / far];
    }
  };
}

function middle({ x, y, width, height }: Box): Point {
  return [x + width / 2, y + height / 2];
}

function within({ x, y, width, height }: Box, [px, py]: Point): boolean {
  return px > x - gap && px < x + width + gap && py > y - gap && py < y + height + gap;
}
