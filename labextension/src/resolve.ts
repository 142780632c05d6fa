import { isColorName } from './colors.js';
import { drawings, type Place } from './draw/index.js';
import { isObject, type Json, type JsonObject } from './json.js';
import type { Payload } from './payload.js';
import { Refusal } from './refusal.js';
import type { Theme } from './theme.js';

const topLevel = new Set([
  'xAxis', 'yAxis', 'grid', 'series', 'legend', 'tooltip', 'dataZoom', 'color', 'aria', 'textStyle', 'animation', 'dataset'
]);
const seriesTypes = new Set(['custom', 'bar', 'line', 'scatter']);

/** What a chart of the reader's own may have (plot.Show); package plot has the same list. */
const readersTopLevel = new Set([
  ...topLevel, 'visualMap', 'radar', 'polar', 'angleAxis', 'radiusAxis', 'singleAxis', 'parallel', 'parallelAxis', 'calendar',
  'axisPointer', 'backgroundColor', 'progressive', 'progressiveThreshold'
]);
export const readersSeriesTypes: ReadonlySet<string> = new Set([
  'line', 'bar', 'scatter', 'effectScatter', 'pie', 'boxplot', 'candlestick', 'funnel', 'gauge', 'graph', 'heatmap', 'parallel', 'radar',
  'sankey', 'sunburst', 'themeRiver', 'tree', 'treemap'
]);

/** Keys by which ECharts would take markup, styles or addresses into the page. */
const forbidden = new Set([
  'image', 'link', 'sublink', 'extraCssText', 'className', 'appendTo', 'appendToBody', 'renderMode',
  '__proto__', 'constructor', 'prototype'
]);

/** Keys whose value is text that ECharts draws as text. */
const freeText = new Set(['name', 'text', 'formatter', 'description', 'unit', 'id', 'value', 'seriesName']);

/** Everything else is a keyword, a number, a colour or a font: nothing that could address or execute. */
const harmless = /^(?:(?:rgb|hsl)a?\([\d\s.,%/-]+\)|[\w#%.,\s"'+-]*)$/;

/**
 * Copies an option, with `@color/NAME` and `@draw/NAME` replaced by the theme's
 * colours and this extension's functions. A notebook may be untrusted, so whatever
 * is not plainly harmless throws a Refusal that names the place.
 */
export function resolve(payload: Payload, theme: Theme, renderer: Place['renderer']): Record<string, unknown> {
  const { option } = payload;
  const [parts, types] = payload.kind === 'echarts' ? [readersTopLevel, readersSeriesTypes] : [topLevel, seriesTypes];
  for (const key of Object.keys(option)) {
    if (!parts.has(key)) {
      throw refuse(key, 'is not a part of a chart that this page draws');
    }
  }
  for (const series of [option.series].flat()) {
    if (!isObject(series) || typeof series.type !== 'string' || !types.has(series.type)) {
      throw refuse('series', 'holds a type that this page does not draw');
    }
  }

  function object(owner: JsonObject, path: string, inTooltip: boolean): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(owner)) {
      const place = path ? `${path}.${key}` : key;
      if (forbidden.has(key)) {
        throw refuse(place, 'is not allowed in a notebook');
      }
      const tooltip = inTooltip || key === 'tooltip';
      if (typeof value === 'string') {
        copy[key] = string(value, key, owner, place, tooltip);
      } else if (key === 'data' && Array.isArray(value)) {
        copy[key] = data(value, place, tooltip);
      } else {
        copy[key] = other(value, owner, place, tooltip);
      }
    }
    return copy;
  }

  function other(value: Json, owner: JsonObject, path: string, inTooltip: boolean): unknown {
    if (Array.isArray(value)) {
      return value.map((item, i) =>
        typeof item === 'string'
          ? string(item, '', owner, `${path}[${i}]`, inTooltip)
          : other(item, owner, `${path}[${i}]`, inTooltip)
      );
    }
    return isObject(value) ? object(value, path, inTooltip) : value;
  }

  /** In data, bare strings are the reader's text; objects may carry styles. */
  function data(items: Json[], path: string, inTooltip: boolean): unknown[] {
    return items.map((item, i) => (isObject(item) ? object(item, `${path}[${i}]`, inTooltip) : item));
  }

  function string(value: string, key: string, owner: JsonObject, path: string, inTooltip: boolean): unknown {
    if (value.startsWith('@color/')) {
      const name = value.slice('@color/'.length);
      if (!isColorName(name)) {
        throw refuse(path, `asks for the colour ${JSON.stringify(name)}, which this page does not have`);
      }
      return theme.color(name);
    }
    if (value.startsWith('@draw/')) {
      const name = value.slice('@draw/'.length);
      const make = drawings.get(name);
      if (!make) {
        throw refuse(path, `asks for the drawing function ${JSON.stringify(name)}, which this page does not have`);
      }
      return make({ owner, inTooltip, payload, theme, renderer });
    }
    if (inTooltip && /formatter$/i.test(key)) {
      throw refuse(path, 'would put markup into the page'); // ECharts sets it as innerHTML
    }
    if (key === 'renderItem' || !(freeText.has(key) || harmless.test(value))) {
      throw refuse(path, 'is not allowed in a notebook');
    }
    return value;
  }

  return object(option, '', false);
}

function refuse(path: string, why: string): Refusal {
  return new Refusal(`This chart cannot be drawn: "${path}" ${why}.`);
}
