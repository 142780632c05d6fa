import { format } from 'echarts/core';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { ColorName } from '../colors.js';
import type { Theme } from '../theme.js';
import { hatch } from './hatch.js';
import type { Place } from './index.js';
import { spansOf, type State } from './row.js';

/** How a state is drawn. States differ in shape as well as in hue. */
interface Look {
  /** In a lane of 30 pixels. */
  height: number;
  fill: ColorName;
  edge?: ColorName;
  text?: ColorName;
}

const looks: Record<State, Look> = {
  running: { height: 18, fill: 'running', edge: 'running-edge', text: 'surface' },
  ready: { height: 10, fill: 'ready', edge: 'ready-edge' },
  contending: { height: 18, fill: 'contending-fill', edge: 'contending' },
  waiting: { height: 8, fill: 'surface', edge: 'waiting' },
  sleeping: { height: 4, fill: 'sleeping' },
  held: { height: 16, fill: 'lock', edge: 'lock-edge', text: 'lock-text' },
  fault: { height: 18, fill: 'contending', text: 'surface' },
  headed: { height: 2, fill: 'text', text: 'text' }
};

const fullLane = 30;
const fontSize = 11;

/** What one rendering pass remembers: how far each lane is painted, in pixels. */
type Context = { painted?: Map<number, number> };

/** A custom series' renderItem for rows `[lane, start ns, end ns, state, label, detail]`. */
export function span({ owner, theme, renderer }: Place) {
  const spans = spansOf(owner);
  const paints = paintsOf(theme, renderer);
  const font = `${fontSize}px ${theme.font}`;
  const widths = new Map<string, number>();
  const widthOf = (label: string): number => {
    let width = widths.get(label);
    if (width === undefined) {
      width = format.getTextRect(label, font).width;
      widths.set(label, width);
    }
    return width;
  };

  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { lane, start, end, state, label } = spans[params.dataIndex]!;
    const area = params.coordSys as unknown as { x: number; width: number };
    const [from, y] = api.coord([start, lane]) as [number, number];
    const [to] = api.coord([end, lane]) as [number, number];
    const left = Math.max(from, area.x);
    const right = Math.min(to, area.x + area.width);
    if (right < left) {
      return undefined;
    }
    // At least a pixel wide, so that nothing vanishes; but a pixel that is painted
    // already is not painted again, so that 50,000 slivers stay cheap.
    const x = Math.round(left);
    const width = Math.max(1, Math.round(right) - x);
    const painted = ((params.context as Context).painted ??= new Map<number, number>());
    if (width === 1 && x + width <= (painted.get(lane) ?? -1)) {
      return undefined;
    }
    painted.set(lane, x + width);

    const look = looks[state];
    const size = api.size!([0, 1]) as [number, number];
    if (state === 'headed') {
      return heading(label, { x, width, base: Math.round(y + size[1] / 2) - 5, room: area.x + area.width - x }, theme);
    }
    const height = Math.max(2, Math.round(look.height * Math.min(1, size[1] / fullLane)));
    const edged = look.edge !== undefined && width >= 4;
    const inset = edged ? 0.5 : 0;
    const paint = paints[state];
    const rect = {
      type: 'rect' as const,
      shape: {
        x: x + inset,
        y: Math.round(y - height / 2) + inset,
        width: width - 2 * inset,
        height: height - 2 * inset,
        r: width >= 4 ? 2 : 0
      },
      style: edged ? paint.wide : paint.thin
    };
    // "33: mu.Lock()" is at least line 33.
    const [short = label] = label.split(': ', 1);
    const text = widthOf(label) + 8 <= width ? label : widthOf(short) + 4 <= width && short !== label ? short : '';
    if (!look.text || text === '' || height < fontSize) {
      return rect;
    }
    // A group and not the rect's own text: ECharts would keep that when it no longer fits.
    const style = { text, font, fill: theme.color(look.text), x: x + width / 2, y: y, align: 'center', verticalAlign: 'middle' };
    return { type: 'group', children: [rect, { type: 'text', style, silent: true }] } as CustomSeriesRenderItemReturn;
  };
}

/** A title over a line with ends, as long as what it stands over. */
function heading(label: string, { x, width, base, room }: { x: number; width: number; base: number; room: number }, theme: Theme): CustomSeriesRenderItemReturn {
  const fill = theme.color('text');
  const bar = (x: number, y: number, width: number, height: number) => ({ type: 'rect' as const, shape: { x, y, width, height }, style: { fill } });
  const style = { text: label, font: `bold 12px ${theme.font}`, fill, x: x + 6, y: base - 6, verticalAlign: 'bottom', width: room - 6, overflow: 'truncate' };
  return {
    type: 'group',
    children: [bar(x, base - 1, width, 2), bar(x, base - 4, 2, 8), bar(x + width - 2, base - 4, 2, 8), { type: 'text', style, silent: true }]
  } as CustomSeriesRenderItemReturn;
}

function paintsOf(theme: Theme, renderer: Place['renderer']): Record<State, { wide: object; thin: object }> {
  const paints = {} as Record<State, { wide: object; thin: object }>;
  for (const [state, look] of Object.entries(looks) as [State, Look][]) {
    const fill = theme.color(look.fill);
    const edge = look.edge && theme.color(look.edge);
    paints[state] = {
      wide: {
        fill: state === 'contending' ? hatch(edge!, fill, renderer) : fill,
        ...(edge ? { stroke: edge, lineWidth: 1 } : {})
      },
      // Too thin for a hatch or an edge, and a pale fill alone would not be seen.
      thin: { fill: state === 'running' ? fill : (edge ?? fill) }
    };
  }
  return paints;
}
