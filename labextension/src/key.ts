import type { LegendItem } from './payload.js';

const marks = ['line', 'dash', 'dot', 'band', 'whisker'] as const;

/** What a series is drawn with. */
export type Mark = (typeof marks)[number];

export function isMark(value: unknown): value is Mark {
  return marks.includes(value as Mark);
}

/** Fills a chart's key; the style sheet draws each swatch. */
export function fillKey(list: HTMLElement, legend: LegendItem[]): void {
  list.replaceChildren(
    ...legend.map(entry => {
      const item = document.createElement('li');
      if ('state' in entry) {
        item.className = `interleave-${entry.state}`;
      } else {
        item.className = `interleave-mark-${entry.mark}`;
        item.style.setProperty('--series', `var(--interleave-series-${entry.color})`);
      }
      item.textContent = entry.label;
      return item;
    })
  );
}
