import { asObjects, isObject, merge, type JsonObject } from './json.js';

/**
 * Lays over an option what concerns the page and not the data: nothing moves, so that
 * updates do not flicker and a wish for less motion is met; tooltips stay within the
 * chart, since the output around it scrolls; a finger can still scroll the page.
 */
export function forPage(option: JsonObject): JsonObject {
  const page: JsonObject = {
    ...option,
    animation: false,
    tooltip: merge({ confine: true }, asObjects(option.tooltip)[0] ?? {}),
    series: asObjects(option.series).map(series => merge(series, series.type === 'custom' ? custom : {})),
    xAxis: asObjects(option.xAxis).map(axis => merge(axis.type === 'value' ? valuesBelow : {}, axis)),
    yAxis: asObjects(option.yAxis).map(axis => alignBands(merge(axis.type === 'value' ? valuesBeside : {}, axis)))
  };
  if (option.dataZoom !== undefined) {
    page.dataZoom = asObjects(option.dataZoom).map(zoom => merge(zoom, zoom.type === 'slider' ? slider : wheel));
  }
  return page;
}

/** A horizontal axis of values has a line and ticks, and dashed lines go up from them. */
const valuesBelow: JsonObject = {
  axisLine: { show: true, onZero: false },
  axisTick: { show: true },
  splitLine: { lineStyle: { type: 'dashed' } }
};

/** A vertical one has the lines across alone. */
const valuesBeside: JsonObject = { axisLine: { show: false }, axisTick: { show: false } };

/** The drawing functions keep within the axes by themselves, save half an arrow's head at the edge. */
const custom: JsonObject = { clip: false, emphasis: { disabled: true } };

const oneMicrosecond = 1000;

const slider: JsonObject = {
  minValueSpan: oneMicrosecond,
  showDetail: false,
  brushSelect: false,
  moveHandleSize: 0,
  dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
  selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
  backgroundColor: '@color/band',
  fillerColor: '@color/grid',
  handleStyle: { color: '@color/surface', borderColor: '@color/muted' }
};

/** The wheel alone scrolls the notebook: it zooms with Ctrl and pans with Shift. */
const wheel: JsonObject = {
  minValueSpan: oneMicrosecond,
  zoomOnMouseWheel: 'ctrl',
  moveOnMouseWheel: 'shift',
  preventDefaultMouseMove: false
};

/**
 * ECharts 6.1.0 draws the split areas of an inverse category axis one category too
 * low (apache/echarts#21652): the colours move up by one. A test fails when an
 * upgrade mends it.
 */
function alignBands(axis: JsonObject): JsonObject {
  const areaStyle = isObject(axis.splitArea) && isObject(axis.splitArea.areaStyle) ? axis.splitArea.areaStyle : {};
  const { color } = areaStyle;
  if (axis.type !== 'category' || axis.inverse !== true || !Array.isArray(color) || color.length < 2) {
    return axis;
  }
  return merge(axis, { splitArea: { areaStyle: { color: [...color.slice(1), color.at(-1)!] } } });
}
