import '../src/more.js';
import { readdirSync, readFileSync } from 'node:fs';
import { optionFor } from '../src/drawing.js';
import { init } from '../src/echarts.js';
import type { Json, JsonObject } from '../src/json.js';
import { readPayload, type Payload } from '../src/payload.js';
import { echartsTheme, makeTheme } from '../src/theme.js';

/** Where the repository is, from lib/checked/test. */
export const root = new URL('../../../../', import.meta.url);

/** What the Go side records of itself: the contract. */
const samples = new Map(
  ['plot', 'internal/drawing/gantt', 'internal/drawing/waitgraph'].flatMap(folder => {
    const testdata = new URL(`kernel-helpers/${folder}/testdata/`, root);
    return readdirSync(testdata).map(file => [file.replace('.json', ''), new URL(file, testdata)] as const);
  })
);
export const sampleNames = [...samples.keys()];

export function sample(name: string): JsonObject {
  return JSON.parse(readFileSync(samples.get(name)!, 'utf8')) as JsonObject;
}

export const light = makeTheme(false, 'sans-serif');
export const dark = makeTheme(true, 'sans-serif');

/** Draws payloads one after the other on the same chart, and returns the last one's SVG. */
export function render(payloads: (Json | Payload)[], { theme = light, width = 900, height = 300 } = {}): string {
  const chart = init(null, echartsTheme(theme), { renderer: 'svg', ssr: true, width, height });
  try {
    for (const payload of payloads) {
      chart.setOption(optionFor(readPayload(payload), theme, 'svg'), { notMerge: true });
    }
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // else its clock would keep the process alive
  }
}

/** A timeline in the Go side's form, with these spans in these lanes. */
export function timeline(spans: Json[][], { lanes = ['a', 'b'], wall = 1e8, arrows = [] as Json[][] } = {}): JsonObject {
  const payload = sample('lock');
  const option = payload.option as JsonObject & { xAxis: JsonObject; yAxis: JsonObject; series: JsonObject[]; grid: JsonObject };
  option.xAxis.max = wall;
  option.yAxis.data = lanes;
  option.grid.left = 100;
  option.series[0]!.data = spans;
  option.series[1]!.data = arrows;
  payload.lanes = lanes.map(label => ({ label, kind: 'thread' }));
  return payload;
}

/** The rectangles of an SVG that are filled so, as [x, y, width, height]. */
export function rectangles(svg: string, fill: RegExp): number[][] {
  return [...svg.matchAll(/<path d="M([\d.-]+) ([\d.-]+)l([\d.-]+) 0l0 ([\d.-]+)[^"]*" fill="([^"]*)"/g)]
    .filter(match => fill.test(match[5]!))
    .map(([, x, y, width, height]) => [Number(x), Number(y), Number(width), Number(height)]);
}
