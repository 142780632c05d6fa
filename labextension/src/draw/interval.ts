import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import { color } from '../colors.js';
import { isObject } from '../json.js';
import type { Place } from './index.js';
import { numbersOf, rowsOf } from './rows.js';

/** The colour that a series asks for. */
function inkOf({ owner, theme }: Place): string {
  const name = isObject(owner.itemStyle) ? /^@color\/(series-[1-8])$/.exec(String(owner.itemStyle.color))?.[1] : null;
  return color((name ?? 'series-1') as 'series-1', theme.dark);
}

/** A custom series' renderItem for rows `[x, low, middle, high]`: an upright interval with whiskers. */
export function interval(place: Place) {
  const rows = rowsOf(place.owner).map(row => numbersOf(row, 4));
  const style = { stroke: inkOf(place), lineWidth: 1.5 };
  const whisker = 4;
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const [at, low, , high] = rows[params.dataIndex]! as [number, number, number, number];
    const [x, bottom] = api.coord([at, low]) as [number, number];
    const [, top] = api.coord([at, high]) as [number, number];
    const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style });
    return {
      type: 'group',
      children: [line(x, bottom, x, top), line(x - whisker, bottom, x + whisker, bottom), line(x - whisker, top, x + whisker, top)]
    };
  };
}

/** A custom series' renderItem for rows `[row, x, offset]`: a dot, off the middle of its row by a part of the row's height. */
export function run(place: Place) {
  const rows = rowsOf(place.owner).map(row => numbersOf(row, 3));
  const style = { fill: inkOf(place), opacity: 0.6 };
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const [row, at, offset] = rows[params.dataIndex]! as [number, number, number];
    const [cx, cy] = api.coord([at, row]) as [number, number];
    return { type: 'circle', shape: { cx, cy: cy + offset * (api.size!([0, 1]) as [number, number])[1], r: 2.5 }, style };
  };
}

/** A custom series' renderItem for rows `[row, low, middle, high]`: a band from low to high with a mark in the middle. */
export function band(place: Place) {
  const rows = rowsOf(place.owner).map(row => numbersOf(row, 4));
  const ink = inkOf(place);
  const height = 12;
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const [row, low, middle, high] = rows[params.dataIndex]! as [number, number, number, number];
    const [left, center] = api.coord([low, row]) as [number, number];
    const [right] = api.coord([high, row]) as [number, number];
    const [mark] = api.coord([middle, row]) as [number, number];
    const y = Math.round(center - (api.size!([0, 1]) as [number, number])[1] / 6);
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: { x: left, y: y - height / 2, width: Math.max(1, right - left), height, r: 2 },
          style: { fill: place.theme.color('interval'), stroke: ink, lineWidth: 1 }
        },
        { type: 'rect', shape: { x: mark - 1.5, y: y - height / 2 - 3, width: 3, height: height + 6 }, style: { fill: ink } }
      ]
    };
  };
}
