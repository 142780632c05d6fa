/** More rows than this nobody listens to. */
const longest = 200;

/**
 * The table in a chart's HTML fallback, rebuilt from its text alone: nothing of the
 * notebook's markup reaches the page. Null if there is none.
 */
export function tableFrom(html: unknown): HTMLTableElement | null {
  // A document made by DOMParser runs no script and loads nothing.
  const source = typeof html === 'string' ? new DOMParser().parseFromString(html, 'text/html').querySelector('table') : null;
  if (!source) {
    return null;
  }
  const table = document.createElement('table');
  for (const row of [...source.rows].slice(0, longest)) {
    const copy = table.insertRow();
    for (const cell of row.cells) {
      const copied = document.createElement(cell.tagName === 'TH' ? 'th' : 'td');
      copied.textContent = cell.textContent;
      copy.append(copied);
    }
  }
  return table;
}
