const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The Go side has the same (ticks.go). */
const roundTimes = [
  10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day
];

/** The distance of ticks, in nanoseconds, that divides a span of time into at most eight parts. */
export function tickStep(span: number): number {
  if (span < minute) {
    return Math.max(1, niceStep(span));
  }
  return roundTimes.find(step => span / step <= 8) ?? niceStep(span / day) * day;
}

function niceStep(span: number): number {
  const step = 10 ** Math.floor(Math.log10(span / 8));
  return [1, 2, 5].map(factor => factor * step).find(nice => span / nice <= 8) ?? 10 * step;
}
