import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import { asObjects } from '../json.js';
import type { Payload } from '../payload.js';
import { branch, thin } from './family.js';
import type { Place } from './index.js';
import { arrowsOf, spansOf, type Arrow } from './row.js';

/** Half the height of a bar: an arrow runs from the edge of one to the edge of the other. */
const toEdge = 9;

/** What one rendering pass remembers: where each arrow stands, in pixels; one that is left out, nowhere. */
type Context = { places?: (number | undefined)[] };

/** A custom series' renderItem for rows `[from lane, to lane, ns, detail]`: a dot at the release, a head at the acquire. */
export function arrow({ owner, payload, theme }: Place) {
  const arrows = arrowsOf(owner);
  const begins = beginnings(payload);
  const isStart = ({ to, at }: Arrow): boolean => at <= (begins.get(to) ?? -1);
  const ink = theme.color('arrow');
  const halo = theme.color('halo');

  function places(area: { x: number; width: number }, api: CustomSeriesRenderItemAPI): (number | undefined)[] {
    const exact = arrows.map(({ at, from }) => (api.coord([at, from]) as [number, number])[0]);
    const xs = exact.map(x => (x < area.x - 0.5 || x > area.x + area.width + 0.5 ? undefined : Math.round(x) + 0.5));
    return branch(arrows, thin(arrows, xs, isStart));
  }

  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { from, to, at } = arrows[params.dataIndex]!;
    const context = params.context as Context;
    context.places ??= places(params.coordSys as unknown as { x: number; width: number }, api);
    const x = context.places[params.dataIndex];
    if (x === undefined) {
      return undefined;
    }
    const [, fromY] = api.coord([at, from]) as [number, number];
    const [, toY] = api.coord([at, to]) as [number, number];
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

/** When each lane's first span begins. */
function beginnings({ option }: Payload): Map<number, number> {
  const begins = new Map<number, number>();
  for (const series of asObjects(option.series).filter(({ renderItem }) => renderItem === '@draw/timeline-span')) {
    for (const { lane, start } of spansOf(series)) {
      begins.set(lane, Math.min(start, begins.get(lane) ?? Infinity));
    }
  }
  return begins;
}
