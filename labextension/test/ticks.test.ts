import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { optionFor } from '../src/drawing.js';
import { tickStep } from '../src/draw/ticks.js';
import { init } from '../src/echarts.js';
import type { JsonObject } from '../src/json.js';
import { readPayload } from '../src/payload.js';
import { echartsTheme } from '../src/theme.js';
import { Zoom } from '../src/zoom.js';
import { light, root, timeline } from './render.js';

const [second, minute, hour, day] = [1e9, 60e9, 3600e9, 86400e9] as const;

test('ticks are as far apart as people count', () => {
  const steps: [span: number, step: number][] = [
    [0.09 * second, 0.02 * second], [40 * second, 5 * second], [90 * second, 15 * second], [hour, 10 * minute],
    [5.05 * hour, hour], [30 * hour, 6 * hour], [10 * day, 2 * day]
  ];
  for (const [span, step] of steps) {
    assert.ok(Math.abs(tickStep(span) / step - 1) < 1e-9, `${span} ns: ${tickStep(span)}`);
  }
});

test('the steps are those of the static images', () => {
  const source = (path: string): string => readFileSync(new URL(path, root), 'utf8');
  const steps = (text: string): string[] => text.replace(/time\.|s?,|\s/gi, ' ').toLowerCase().match(/\d+|second|minute|hour|day/g) ?? [];
  const go = /roundTimes = \[\]time\.Duration\{([^}]*)/.exec(source('kernel-helpers/internal/drawing/ticks.go'))![1]!;
  const ours = /roundTimes = \[([^\]]*)/.exec(source('labextension/src/draw/ticks.ts'))![1]!;
  assert.deepEqual(steps(ours), steps(go));
  assert.ok(steps(go).length > 20);
});

test('the ticks of an hour are minutes, and closer under a zoom', () => {
  const payload = timeline([[0, 0, hour, 'running', '', '']], { wall: hour });
  (payload.option as { xAxis: JsonObject }).xAxis.interval = 10 * minute;
  const chart = init(null, echartsTheme(light), { renderer: 'svg', ssr: true, width: 900, height: 300 });
  try {
    chart.setOption(optionFor(readPayload(payload), light, 'svg'));
    const ticks = (): string[] => [...chart.renderToSVGString().matchAll(/>([\d.]+(?: \w+)*)<\/text>/g)].map(([, text]) => text!);
    const whole = ['0', '10 min', '20 min', '30 min', '40 min', '50 min', '1 h'];
    assert.deepEqual(ticks(), whole);
    const zoom = new Zoom();
    zoom.listen(chart);
    zoom.restore(hour);
    zoom.key('+');
    zoom.key('+');
    assert.deepEqual(ticks(), ['24 min', '26 min', '28 min', '30 min', '32 min', '34 min', '36 min']);
    zoom.key('Home');
    assert.deepEqual(ticks(), whole);
  } finally {
    chart.dispose();
  }
});
