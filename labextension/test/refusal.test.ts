import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isObject, merge, type Json, type JsonObject } from '../src/json.js';
import { Refusal } from '../src/refusal.js';
import { render, sample } from './render.js';

function bars(over: JsonObject): JsonObject {
  return merge(sample('bars'), over);
}

function inSeries(over: JsonObject): JsonObject {
  const payload = sample('bars');
  const [series] = (payload.option as { series: JsonObject[] }).series;
  return bars({ option: { series: [merge(series!, over)] } });
}

const own = sample('own-pie');
const waits = sample('waits').option as { series: JsonObject[] };
const nowhere = { ...waits, series: [waits.series[0]!, { ...waits.series[1]!, data: [[0, 99, 0, 0, '']] }] } as unknown as JsonObject;

const refused: Record<string, [payload: Json, sentence: RegExp]> = {
  'no object': [17, /not an object/],
  'text that is not JSON': ['{', /not JSON/],
  'a newer version': [bars({ version: 2 }), /version 2 .* knows version 1\. Run "make setup"/],
  'no version': [bars({ version: null }), /version null/],
  'an unknown kind': [bars({ kind: 'pie' }), /kind "pie"/],
  'a title that is no text': [bars({ title: [] }), /title/],
  'no height': [bars({ height: 0 }), /height 0/],
  'no option': [bars({ option: [] }), /no option/],
  'an unknown state in the key': [bars({ legend: [{ state: 'x', label: 'X' }] }), /"x"/],
  'a part that is not drawn': [bars({ option: { graphic: [{ type: 'image' }] } }), /"graphic"/],
  'a series that is not drawn': [bars({ option: { series: [{ type: 'sunburst' }] } }), /"series"/],
  'an unknown colour': [inSeries({ itemStyle: { color: '@color/pink' } }), /colour "pink"/],
  'an inherited name as a colour': [inSeries({ itemStyle: { color: '@color/constructor' } }), /colour "constructor"/],
  'an unknown drawing function': [inSeries({ label: { formatter: '@draw/x' } }), /function "x"/],
  'markup in a tooltip': [bars({ option: { tooltip: { formatter: '<img src=x onerror=alert(1)>' } } }), /markup/],
  'markup in the tooltip of a bar': [inSeries({ data: [{ value: 1, tooltip: { formatter: '<b>' } }] }), /markup/],
  'styles in a tooltip': [bars({ option: { tooltip: { extraCssText: 'position:fixed' } } }), /extraCssText/],
  'an address as a picture': [inSeries({ symbol: 'image://https://example.org/x.png' }), /symbol/],
  'an address as a pattern': [inSeries({ itemStyle: { color: { image: 'x.png', repeat: 'repeat' } } }), /image/],
  'an address in a colour': [inSeries({ itemStyle: { color: 'red;background:url(//example.org)' } }), /color/],
  'an address as a relative one': [inSeries({ itemStyle: { color: 'url(x)' } }), /color/],
  'an escaped address': [inSeries({ textStyle: { fontFamily: 'x\\75rl' } }), /fontFamily/],
  'a link': [inSeries({ link: 'x' }), /link/],
  'a prototype': [JSON.parse('{"version":1,"kind":"bar","title":"","text":"","height":99,"option":{"xAxis":{"__proto__":{"x":1}},"series":[]}}') as Json, /__proto__/],
  "a drawing function in a reader's chart": [{ ...own, option: { series: [{ type: 'custom', renderItem: '@draw/bin', data: [] }] } }, /"series"/],
  "a part that a reader's chart may not have": [{ ...own, option: { toolbox: {}, series: [{ type: 'pie' }] } }, /"toolbox"/],
  "markup in a reader's chart": [{ ...own, option: { tooltip: { formatter: '<b>{b}</b>' }, series: [{ type: 'pie' }] } }, /markup/],
  'a mark that is unknown': [bars({ legend: [{ mark: 'star', color: 1, label: 'X' }] }), /"star"/],
  'a colour of a mark that is unknown': [bars({ legend: [{ mark: 'dot', color: 9, label: 'X' }] }), /"dot"/],
  'an arrow that leads nowhere': [{ ...sample('waits'), option: nowhere }, /leads nowhere/],
  'a row without its numbers': [inSeries({ type: 'custom', renderItem: '@draw/bin', data: [['x', 2, 3]] }), /lacks a number/],
  'a registered renderItem': [inSeries({ type: 'custom', renderItem: 'violin' }), /renderItem/]
};

for (const [name, [payload, sentence]] of Object.entries(refused)) {
  test(`${name} is refused in a sentence`, () => {
    assert.throws(
      () => render([payload]),
      (error: unknown) => error instanceof Refusal && sentence.test(error.message) && /^This chart cannot be drawn: .*\.$/.test(error.message)
    );
  });
}

test('what is refused is refused for that alone', () => {
  assert.ok(isObject(sample('bars')));
  assert.match(render([inSeries({ itemStyle: { color: '@color/series-2' } })]), /#B8400E/);
});
