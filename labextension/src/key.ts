import type { LegendItem } from './payload.js';

/** Fills a chart's key; the style sheet draws each state's swatch. */
export function fillKey(list: HTMLElement, legend: LegendItem[]): void {
  list.replaceChildren(
    ...legend.map(({ state, label }) => {
      const item = document.createElement('li');
      item.className = `interleave-${state}`;
      item.textContent = label;
      return item;
    })
  );
}
