import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { color, colorNames, isColorName } from '../src/colors.js';
import { optionFor } from '../src/drawing.js';
import { kinds, readPayload } from '../src/payload.js';
import { readersSeriesTypes } from '../src/resolve.js';
import { dark, light, render, root, sample, sampleNames } from './render.js';

test('there are samples of all kinds', () => {
  assert.deepEqual(new Set(sampleNames.map(name => sample(name).kind)), new Set(kinds));
});

for (const name of sampleNames) {
  test(`the sample ${name} is drawn in both themes`, () => {
    const payload = readPayload(sample(name));
    for (const theme of [light, dark]) {
      const svg = render([sample(name)], { theme, height: payload.height });
      assert.match(svg, new RegExp(theme.color(payload.kind === 'echarts' ? 'text' : 'muted'))); // its axis
      assert.doesNotMatch(svg, /NaN|undefined/);
      assert.deepEqual(tokensIn(optionFor(payload, theme, 'svg')), []);
    }
  });
}

test('a payload may come as text', () => {
  assert.deepEqual(readPayload(JSON.stringify(sample('naps'))), readPayload(sample('naps')));
});

test('the colours of the static images are those of the two themes', () => {
  const go = readFileSync(new URL('kernel-helpers/internal/drawing/theme.go', root), 'utf8');
  const constants = new Map([...go.matchAll(/^\t(\w+) +scene\.Color = "(#[0-9A-F]{6})"/gm)].map(([, name, hex]) => [name!, hex!]));
  const pairs = [...go.matchAll(/^\t(?:"(#[0-9A-F]{6})"|(\w+)): +"(#[0-9A-F]{6})"/gm)].map(
    ([, hex, name, onDark]) => [hex ?? constants.get(name!), onDark] as const
  );
  assert.ok(pairs.length > 12);
  const ours = colorNames.map(name => [color(name, false), color(name, true)].join());
  assert.deepEqual(pairs.filter(pair => !ours.includes(pair.join())), []);
  // Every colour that is used has one for dark pages.
  const light = new Set(go.match(/#[0-9A-F]{6}/g)?.filter(hex => !pairs.some(([, onDark]) => onDark === hex)));
  const paired = new Set(pairs.map(([hex]) => hex));
  assert.deepEqual([...light].filter(hex => !paired.has(hex)), []);
});

test("the series of readers' charts are those that the Go side lets pass", () => {
  const go = readFileSync(new URL('kernel-helpers/plot/show.go', root), 'utf8');
  const list = /^var seriesTypes = \[\]string\{(.*?)^\}/ms.exec(go)![1]!;
  assert.deepEqual(new Set([...list.matchAll(/"(\w+)"/g)].map(([, name]) => name)), readersSeriesTypes);
});

test('every colour name of the architecture page exists', () => {
  const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
  const names = page.match(/^Colour names:([^.]*?)series-1/m)?.[1]?.match(/[a-z-]+/g) ?? [];
  assert.ok(names.length > 10);
  assert.deepEqual(names.filter(name => !isColorName(name)), []);
});

/** Names that were left in a resolved option; the cells of data rows are text. */
function tokensIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(tokensIn);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => (key === 'data' ? [] : tokensIn(item)));
  }
  return typeof value === 'string' && value.startsWith('@') ? [value] : [];
}
