import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionFor } from '../src/drawing.js';
import type { JsonObject } from '../src/json.js';
import { readPayload } from '../src/payload.js';
import { light, rectangles, render, sample, timeline } from './render.js';

test('a span without length is a pixel wide', () => {
  const svg = render([timeline([[0, 5e7, 5e7, 'running', '', '']])]);
  assert.deepEqual(rectangles(svg, /#0067A5/i).map(([, , width]) => width), [1]);
});

test('waiting for a lock is hatched, waiting for others is a hollow bar', () => {
  const lock = render([timeline([[0, 0, 1e8, 'contending', '', '']])]);
  assert.match(lock, /<pattern[^>]*>.*#B8400E.*<\/pattern>/s);
  assert.match(lock, /fill="url\(#/);
  const others = render([timeline([[0, 0, 1e8, 'waiting', '', '']])]);
  assert.doesNotMatch(others, /<pattern/);
  assert.match(others, /fill="#FFFFFF" stroke="#5B7F86"/i);
});

test('slivers within a painted pixel are not painted again', () => {
  const spans = Array.from({ length: 4000 }, (_, i) => [0, i * 25_000, (i + 1) * 25_000, 'running', '', '']);
  const painted = rectangles(render([timeline(spans)], { width: 500 }), /#0067A5/i).length;
  assert.ok(painted > 100 && painted <= 400, `${painted} rectangles`);
});

test("a holder's name stands in its span where it fits", () => {
  const held = timeline([[0, 0, 5e7, 'held', 'T7', '']]);
  assert.match(render([held]), />T7</);
  assert.doesNotMatch(render([held], { width: 160 }), />T7</);
});

test('an update leaves nothing of what was there before', () => {
  const before = timeline([[0, 0, 5e7, 'held', 'T7', ''], [1, 0, 5e7, 'waiting', '', '']]);
  const after = timeline([[0, 0, 1e6, 'held', 'T7', ''], [1, 0, 1e6, 'sleeping', '', '']]);
  const marks = (svg: string): string[] => svg.match(/<path[^>]*>|>[^<]+<\/text>/g)!.map(mark => mark.replace(/ class="[^"]*"/, ''));
  assert.deepEqual(marks(render([before, after])), marks(render([after])));
});

test('the band lies behind the lanes of locks', () => {
  const payload = timeline([], { lanes: ['a', 'b', 'lock 1', 'lock 2'] });
  const option = payload.option as { yAxis: JsonObject };
  option.yAxis.splitArea = {
    show: true,
    areaStyle: { color: ['transparent', 'transparent', '@color/band', '@color/band'] }
  };
  const height = payload.height as number;
  const bands = rectangles(render([payload], { height }), /#F6F5FA/i).filter(([, , width]) => width! > 500);
  const lane = (height - 54) / 4;
  const covered = new Set(bands.map(([, y, , h]) => Math.round(Math.min(y!, y! + h!) / lane)));
  assert.deepEqual([...covered].sort(), [2, 3]);
});

test('the longest chain is a line below the bars', () => {
  const chained = (steps: number[][]): number[][] => {
    const payload = timeline([[0, 0, 1e8, 'running', '', '']]);
    const option = payload.option as { series: JsonObject[] };
    option.series.push({ type: 'custom', renderItem: '@draw/timeline-path', encode: { x: [1, 2], y: [0] }, data: steps });
    return rectangles(render([payload], { height: 46 + 2 * 30 }), /#B0276A/i);
  };
  const [[x, y, width, height], ...others] = chained([[0, 2e7, 8e7]]) as [number[], ...number[][]];
  assert.deepEqual([y, height, others.length], [26, 3, 0]); // the bar ends at 24, the lane at 30
  const [whole] = chained([[0, 0, 1e8]]);
  assert.ok(Math.abs(width! / whole![2]! - 0.6) < 0.01 && Math.abs((x! - whole![0]!) / whole![2]! - 0.2) < 0.01, `${x}, ${width} of ${whole}`);
  assert.equal(chained([[1, 5e7, 5e7]])[0]![2], 1); // however short it is
});

test('arrows that would blot are left out', () => {
  const arrows = [[0, 1, 10e6, ''], [0, 1, 50e6, ''], [0, 1, 10.1e6, '']];
  const heads = render([timeline([], { arrows })]).match(/fill="#1F2328" stroke="#FFFFFF"/gi) ?? [];
  assert.equal(heads.length, 2 * 2); // a dot and a head each
});

test('siblings have an arrow each or none, those with which a lane begins always', () => {
  const heads = (arrows: (number | string)[][], spans: (number | string)[][] = []): number =>
    (render([timeline(spans, { lanes: ['a', 'b', 'c', 'd'], arrows })]).match(/<polygon/g) ?? []).length;
  const children = [[0, 1, 50e6, ''], [0, 2, 50.4e6, ''], [0, 3, 50.8e6, '']];
  assert.equal(heads(children), 3);
  assert.equal(heads([...children, [3, 2, 49.8e6, '']]), 1); // one in the way of them
  const started = [1, 2, 3].map(lane => [lane, 51e6, 99e6, 'running', '', '']);
  assert.equal(heads([...children, [3, 2, 49.8e6, '']], started), 4);
});

test('siblings at about the same time are one line that branches', () => {
  const svg = render([timeline([], { lanes: ['a', 'b', 'c'], arrows: [[0, 2, 50e6, ''], [0, 1, 50.1e6, '']] })]);
  const tips = [...svg.matchAll(/<polygon points="([\d.]+) /g)].map(([, x]) => x);
  assert.equal(tips.length, 2);
  assert.equal(tips[0], tips[1]);
});

test('an arrow at the very end is whole', () => {
  assert.doesNotMatch(render([timeline([], { arrows: [[0, 1, 1e8, '']] })]), /clip-path/);
});

test('text of the notebook is escaped in a tooltip', () => {
  const attack = '<img src=x onerror="alert(1)">&\'';
  const payload = timeline([[0, 0, 5e6, 'held', attack, attack]], { lanes: [attack] });
  const { tooltip } = optionFor(readPayload(payload), light, 'svg') as { tooltip: { formatter: (item: object) => string } };
  const html = tooltip.formatter({ seriesIndex: 0, dataIndex: 0 });
  const escaped = '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;';
  assert.equal(html, `<b>${escaped}</b><br>Held by ${escaped} for 5 ms<br>0 to 5 ms<br>${escaped}`);
});

test("a bar's tooltip is its name and its text, escaped", () => {
  const { tooltip } = optionFor(readPayload(sample('bars')), light, 'svg') as { tooltip: { formatter: (item: object) => string } };
  assert.equal(tooltip.formatter({ data: { name: '<i>', text: '1.20 s', value: 1 } }), '<b>&lt;i&gt;</b><br>1.20 s');
});

test('a state that is unknown is refused', () => {
  assert.throws(() => render([timeline([[0, 0, 1, 'dreaming', '', '']])]), /"dreaming" is unknown/);
});
