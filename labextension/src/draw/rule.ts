import { format } from 'echarts/core';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts/types/dist/shared';
import type { Place } from './index.js';
import { numbersOf, rowsOf, textOf } from './rows.js';

/** A custom series' renderItem for rows `[x, label]`: an upright line with its label at the top. */
export function rule({ owner, theme }: Place) {
  const rows = rowsOf(owner).map(row => ({ at: numbersOf(row, 1)[0]!, label: textOf(row[1]) }));
  const font = `11px ${theme.font}`;
  const ink = theme.color('text');
  const widths = rows.map(({ label }) => format.getTextRect(label, font).width);
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn => {
    const area = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
    const xs = rows.map(({ at }) => (api.coord([at, 0]) as [number, number])[0]);
    // Below the label of a line to the left, where they would overlap.
    let row = 0;
    for (let i = 1; i <= params.dataIndex; i++) {
      row = xs[i]! < xs[i - 1]! + widths[i - 1]! + 8 ? row + 1 : 0;
    }
    const x = xs[params.dataIndex]!;
    const isLast = x + widths[params.dataIndex]! + 8 > area.x + area.width;
    const style = {
      text: rows[params.dataIndex]!.label, font, fill: ink, x: x + (isLast ? -4 : 4), y: area.y + 2 + 13 * row,
      align: isLast ? 'right' : 'left', backgroundColor: theme.color('surface'), padding: [0, 2]
    };
    return {
      type: 'group',
      children: [
        { type: 'line', shape: { x1: x, y1: area.y, x2: x, y2: area.y + area.height }, style: { stroke: ink, lineWidth: 1.5, lineDash: [5, 4] } },
        { type: 'text', style }
      ]
    } as CustomSeriesRenderItemReturn;
  };
}
