import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { JsonObject } from '../json.js';
import type { Place } from './index.js';
import { numbersOf, rowsOf } from './rows.js';

/** A stretch of the longest chain, in a lane, from `start` to `end` nanoseconds. */
export interface Step {
  lane: number;
  start: number;
  end: number;
}

export function stepsOf(series: JsonObject): Step[] {
  return rowsOf(series).map(cells => {
    const [lane, start, end] = numbersOf(cells, 3);
    return { lane: lane!, start: start!, end: end! };
  });
}

const fullLane = 30;

/** A custom series' renderItem for rows `[lane, start ns, end ns]`: a line below what the lane does meanwhile. */
export function path({ owner, theme }: Place) {
  const steps = stepsOf(owner);
  const style = { fill: theme.color('series-7') };
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const { lane, start, end } = steps[params.dataIndex]!;
    const area = params.coordSys as unknown as { x: number; width: number };
    const [from, middle] = api.coord([start, lane]) as [number, number];
    const [to] = api.coord([end, lane]) as [number, number];
    const left = Math.max(from, area.x);
    const right = Math.min(to, area.x + area.width);
    if (right < left) {
      return undefined;
    }
    const [, each] = api.size!([0, 1]) as [number, number];
    const scale = Math.min(1, each / fullLane);
    const height = Math.max(2, Math.round(3 * scale));
    const y = Math.round(Math.min(middle + 10.5 * scale, middle + each / 2 - height));
    return { type: 'rect', shape: { x: left, y, width: Math.max(right - left, 1), height }, style };
  };
}
