const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Lines of plain text as a tooltip's HTML, the first in bold; empty ones are left out. */
export function tooltipHtml(lines: string[]): string {
  const [head, ...rest] = lines.filter(line => line !== '').map(escape);
  return head === undefined ? '' : [`<b>${head}</b>`, ...rest].join('<br>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!);
}
