import { isObject } from '../json.js';

const units: [nanoseconds: number, name: string][] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns']
];

const millisecond = 1e6;
const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const longUnits: [nanoseconds: number, name: string][] = [
  [day, 'd'],
  [hour, 'h'],
  [minute, 'min']
];

/** Up to where a measured time is said how precisely. */
const roundings: [below: number, to: number][] = [
  [hour, second],
  [day, minute],
  [Infinity, hour]
];

/**
 * Nanoseconds as a person says them: "0", "1.2 s", "340 µs", "5 h 3 min". Round values,
 * such as the ticks of an axis, keep their digits; measured ones get three, and from
 * a minute on the two largest of days, hours, minutes and seconds.
 */
export function formatDuration(input: unknown): string {
  const nanoseconds = numberOf(input);
  if (!Number.isFinite(nanoseconds)) {
    return '';
  }
  if (nanoseconds === 0) {
    return '0';
  }
  // 999.6 µs is to be said as 1 ms: round first, then choose the unit.
  const rounded = significant(nanoseconds);
  if (Math.abs(rounded) >= minute) {
    return (nanoseconds < 0 ? '-' : '') + inUnits(Math.abs(nanoseconds));
  }
  const [size, name] = units.find(([size]) => Math.abs(rounded) >= size) ?? [1, 'ns'];
  return `${significant(nanoseconds / size)} ${name}`;
}

function inUnits(nanoseconds: number): string {
  let rest = nanoseconds;
  if (nanoseconds % millisecond !== 0) {
    const [, precision] = roundings.find(([below, to]) => Math.round(nanoseconds / to) * to < below)!;
    rest = Math.round(nanoseconds / precision) * precision;
  }
  const parts: string[] = [];
  for (const [size, name] of longUnits) {
    const n = Math.floor(rest / size);
    if (n > 0) {
      parts.push(`${n} ${name}`);
      rest -= n * size;
    }
  }
  return [...parts, ...(rest > 0 ? [`${rest / second} s`] : [])].join(' ');
}

/** ECharts passes a number to an axis' formatter and an object with the value to a label's. */
function numberOf(input: unknown): number {
  const value = isObject(input) ? input.value : input;
  return Number(Array.isArray(value) ? value.at(-1) : (value ?? NaN));
}

function significant(value: number): number {
  const exact = Number(value.toPrecision(6));
  return Math.abs(exact - value) <= Math.abs(value) * 1e-12 ? exact : Number(value.toPrecision(3));
}
