import { asObjects, merge, type JsonObject } from './json.js';

/**
 * Adds to an option what concerns the page and not the data: nothing moves, so that
 * updates do not flicker and a wish for less motion is met; tooltips stay within the
 * chart, which is the output's scroll area; a finger can still scroll the page.
 */
export function forPage(option: JsonObject): JsonObject {
  const page: JsonObject = {
    ...option,
    animation: false,
    tooltip: merge({ confine: true }, asObjects(option.tooltip)[0] ?? {}),
    series: asObjects(option.series).map(series => ({ ...series, emphasis: { disabled: true } }))
  };
  if (option.dataZoom !== undefined) {
    const oneMicrosecond = 1000;
    page.dataZoom = asObjects(option.dataZoom).map(zoom => ({
      minValueSpan: oneMicrosecond,
      ...(zoom.type === 'inside' ? { preventDefaultMouseMove: false } : {}),
      ...zoom
    }));
  }
  return page;
}
