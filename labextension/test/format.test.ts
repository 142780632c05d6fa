import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../src/draw/format.js';

const durations: [nanoseconds: unknown, text: string][] = [
  [0, '0'],
  [1, '1 ns'],
  [1500, '1.5 µs'],
  [20e6, '20 ms'],
  [100.25e6, '100.25 ms'], // a tick keeps its digits
  [123456789, '123 ms'], // a measured value gets three
  [1.2e9, '1.2 s'],
  [999_999_999.7, '1 s'],
  [75e9, '1 min 15 s'],
  [59.99e9 + 7, '1 min'],
  [3600e9, '1 h'],
  [3600e9 - 1, '1 h'],
  [90 * 60e9, '1 h 30 min'],
  [18180e9, '5 h 3 min'],
  [18183.4e9, '5 h 3 min 3.4 s'], // a tick far into a long recording
  [18183e9 + 7, '5 h 3 min'],
  [86400e9 * 1.25, '1 d 6 h'],
  [-3600e9, '-1 h'],
  [-20e6, '-20 ms'],
  [{ value: 2e6 }, '2 ms'],
  [{ value: [0, 3e6] }, '3 ms'],
  ['-', ''],
  [undefined, '']
];

for (const [nanoseconds, text] of durations) {
  test(`${JSON.stringify(nanoseconds)} ns is "${text}"`, () => assert.equal(formatDuration(nanoseconds), text));
}
