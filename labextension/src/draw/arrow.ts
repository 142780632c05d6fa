import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { Place } from './index.js';
import { arrowsOf } from './row.js';

/** Half the height of a bar: an arrow runs from the edge of one to the edge of the other. */
const toEdge = 9;
/** Arrows of the same lanes that are closer than this many pixels would be a blot. */
const apart = 8;

/** What one rendering pass remembers: where each lane's arrows stand, in pixels. */
type Context = { taken?: Map<number, number[]> };

/** A custom series' renderItem for rows `[from lane, to lane, ns, detail]`: a dot at the release, a head at the acquire. */
export function arrow({ owner, theme }: Place) {
  const arrows = arrowsOf(owner);
  const ink = theme.color('arrow');
  const halo = theme.color('halo');

  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { from, to, at } = arrows[params.dataIndex]!;
    const area = params.coordSys as unknown as { x: number; width: number };
    const [exactX, fromY] = api.coord([at, from]) as [number, number];
    const [, toY] = api.coord([at, to]) as [number, number];
    const x = Math.round(exactX) + 0.5;
    if (from === to || x < area.x || x > area.x + area.width + 1) {
      return undefined;
    }
    const taken = ((params.context as Context).taken ??= new Map<number, number[]>());
    const lanes = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
    if (lanes.some(lane => taken.get(lane)?.some(other => Math.abs(x - other) < apart))) {
      return undefined;
    }
    lanes.forEach(lane => taken.set(lane, [...(taken.get(lane) ?? []), x]));

    const down = toY > fromY ? 1 : -1;
    const edge = Math.min(toEdge, Math.abs(toY - fromY) / 4);
    const start = fromY + down * edge;
    const tip = toY - down * edge;
    const line = { x1: x, y1: start, x2: x, y2: tip - down * 5 };
    return {
      type: 'group',
      children: [
        { type: 'line', shape: line, style: { stroke: halo, lineWidth: 4.5, lineCap: 'round' } },
        { type: 'line', shape: line, style: { stroke: ink, lineWidth: 1.5 } },
        { type: 'circle', shape: { cx: x, cy: start, r: 2.5 }, style: { fill: ink, stroke: halo, lineWidth: 1 } },
        {
          type: 'polygon',
          shape: { points: [[x, tip], [x - 3.5, tip - down * 6], [x + 3.5, tip - down * 6]] },
          style: { fill: ink, stroke: halo, lineWidth: 1 }
        }
      ]
    };
  };
}
