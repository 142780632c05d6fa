import { asObjects, isObject, type Json } from '../json.js';
import { formatDuration } from './format.js';
import { tooltipHtml } from './html.js';
import type { Place } from './index.js';

/** The tooltip of a point: its series' name, and what it is on each axis. */
export function pointText({ payload: { option } }: Place) {
  const series = asObjects(option.series);
  const axes = [asObjects(option.xAxis)[0] ?? {}, asObjects(option.yAxis)[0] ?? {}];
  const say = (axis: number, value: unknown): string => {
    const { name, axisLabel, data } = axes[axis]!;
    if (Array.isArray(data)) {
      return labelOf(data[Math.round(Number(value))]);
    }
    const isTime = isObject(axisLabel) && axisLabel.formatter === '@draw/duration';
    const text = isTime ? formatDuration(value) : figure(value);
    return typeof name === 'string' && name !== '' ? `${name}: ${text}` : text;
  };
  return ({ seriesIndex, seriesName, value }: { seriesIndex: number; seriesName?: string; value: unknown }): string => {
    const cells = Array.isArray(value) ? value : [value];
    const title = series.length > 1 ? String(seriesName ?? '') : '';
    switch (series[seriesIndex]?.renderItem) {
      case '@draw/bin':
        return tooltipHtml([`${figure(cells[2])} times`, `from ${say(0, cells[0])} to ${say(0, cells[1])}`]);
      case '@draw/band':
        return tooltipHtml([say(1, cells[0]), `median ${say(0, cells[2])}`, `${say(0, cells[1])} to ${say(0, cells[3])}`]);
      case '@draw/run':
        return tooltipHtml([say(1, cells[0]), `one run: ${say(0, cells[1])}`]);
      case '@draw/interval':
        return tooltipHtml([title, say(0, cells[0]), say(1, cells[2]), `${figure(cells[1])} to ${figure(cells[3])}`]);
      default:
        return tooltipHtml([title, say(0, cells[0]), say(1, cells[1])]);
    }
  };
}

function labelOf(category: Json | undefined): string {
  return String((isObject(category) ? category.value : category) ?? '');
}

/** A number with at most four digits that mean something, and commas. */
function figure(value: unknown): string {
  return typeof value === 'number' ? Number(value.toPrecision(4)).toLocaleString('en') : '';
}
