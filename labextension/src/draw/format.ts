import { isObject } from '../json.js';

const units: [nanoseconds: number, name: string][] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns']
];

/**
 * Nanoseconds as a person says them: "0 ms", "1.2 s", "340 µs". Round values, such
 * as the ticks of an axis, keep their digits; measured ones get three.
 */
export function formatDuration(input: unknown): string {
  const nanoseconds = numberOf(input);
  if (!Number.isFinite(nanoseconds)) {
    return '';
  }
  if (nanoseconds === 0) {
    return '0 ms';
  }
  // 999.6 µs is to be said as 1 ms: round first, then choose the unit.
  const rounded = significant(nanoseconds);
  const [size, name] = units.find(([size]) => Math.abs(rounded) >= size) ?? [1, 'ns'];
  return `${significant(nanoseconds / size)} ${name}`;
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
