import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColorName } from '../src/colors.js';
import { dark, light } from './render.js';

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const readable: [text: ColorName, ground: ColorName][] = [
  ['text', 'surface'], ['muted', 'surface'], ['text', 'band'], ['lock-text', 'lock'], ['lock-text', 'band'],
  ['lock-edge', 'band'], ['surface', 'running']
];
const visible: ColorName[] = [
  'running', 'ready-edge', 'waiting', 'sleeping', 'lock-edge', 'arrow',
  'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6', 'series-7', 'series-8'
];

for (const [name, theme] of Object.entries({ light, dark })) {
  for (const [text, ground] of readable) {
    test(`${name}: ${text} can be read on ${ground}`, () => {
      assert.ok(contrast(theme.color(text), theme.color(ground)) >= 4.5);
    });
  }
  for (const mark of visible) {
    test(`${name}: ${mark} stands out from the page`, () => {
      assert.ok(contrast(theme.color(mark), theme.color('surface')) >= 3);
    });
  }
}
