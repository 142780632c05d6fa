import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { Place } from './index.js';
import { numbersOf, rowsOf } from './rows.js';

/** A custom series' renderItem for rows `[from, to, count]`: a bar of a histogram. */
export function bin({ owner, theme }: Place) {
  const rows = rowsOf(owner).map(row => numbersOf(row, 3));
  const style = { fill: theme.color('series-1') };
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const [from, to, count] = rows[params.dataIndex]! as [number, number, number];
    if (count === 0) {
      return undefined;
    }
    const [left, top] = api.coord([from, count]) as [number, number];
    const [right, bottom] = api.coord([to, 0]) as [number, number];
    const height = Math.max(1, bottom - top); // one of many can be seen, too
    return { type: 'rect', shape: { x: left + 0.5, y: bottom - height, width: Math.max(1, right - left - 1), height }, style };
  };
}
