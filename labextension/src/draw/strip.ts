import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { JsonObject } from '../json.js';
import type { Place } from './index.js';
import { numbersOf, rowsOf } from './rows.js';

/** How much was under way from `start` to `end` nanoseconds, in the strip that goes over `rows` rows from `row` on. */
export interface Load {
  row: number;
  rows: number;
  start: number;
  end: number;
  running: number;
  ready: number;
  /** The number at the strip's upper edge. */
  top: number;
  /** 0: unknown. */
  cores: number;
}

export function loadsOf(series: JsonObject): Load[] {
  return rowsOf(series).map(cells => {
    const [row, rows, start, end, running, ready, top, cores] = numbersOf(cells, 8);
    return { row: row!, rows: rows!, start: start!, end: end!, running: running!, ready: ready!, top: top!, cores: cores! };
  });
}

/** Above and below the area in a strip. */
const gap = 8;

/** What one rendering pass remembers: the strips that have their lines. */
type Context = { begun?: Set<number> };

/** A custom series' renderItem for rows of a Load's fields: what ran, on it what was ready, and a line at the cores. */
export function strip({ owner, theme }: Place) {
  const loads = loadsOf(owner);
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { row, rows, start, end, running, ready, top, cores } = loads[params.dataIndex]!;
    const area = params.coordSys as unknown as { x: number; width: number };
    const [, each] = api.size!([0, 1]) as [number, number];
    const [from, center] = api.coord([start, row]) as [number, number];
    const [to] = api.coord([end, row]) as [number, number];
    const upper = Math.round(center - each / 2);
    const base = upper + each * rows - gap / 2;
    const unit = (each * rows - 1.5 * gap) / top;
    const left = Math.max(from, area.x);
    const right = Math.min(to, area.x + area.width);
    const stack = (low: number, high: number, fill: string) => ({
      type: 'rect' as const,
      shape: { x: left, y: base - high * unit, width: Math.max(right - left, 0.5), height: (high - low) * unit },
      style: { fill }
    });
    const parts: object[] = [];
    if (right >= left) {
      parts.push(stack(0, running, theme.color('running')), stack(running, running + ready, theme.color('ready')));
    }
    const begun = ((params.context as Context).begun ??= new Set());
    if (!begun.has(row)) { // once for the whole strip
      begun.add(row);
      const line = (y: number, stroke: string, lineDash?: number[]) => ({
        type: 'line', shape: { x1: area.x, y1: y, x2: area.x + area.width, y2: y }, style: { stroke, lineWidth: 1, lineDash }, silent: true, z2: 9
      });
      parts.push(line(Math.round(base) + 0.5, theme.color('muted')));
      if (cores > 0) {
        const y = Math.round(base - cores * unit) + 0.5;
        const text = cores === 1 ? '1 core' : `${cores} cores`;
        const style = { text, font: `11px ${theme.font}`, fill: theme.color('muted'), x: area.x + area.width + 4, y, verticalAlign: 'middle' };
        parts.push(line(y, theme.color('text'), [5, 4]), { type: 'text', style, silent: true, z2: 9 });
      }
    }
    return { type: 'group', children: parts } as CustomSeriesRenderItemReturn;
  };
}
