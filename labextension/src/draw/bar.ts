import { isObject } from '../json.js';
import { tooltipHtml } from './html.js';
import type { Place } from './index.js';

/** Beside a bar the text that its item carries; in a tooltip the bar's name and that text. */
export function barText({ inTooltip }: Place) {
  return ({ data }: { data: unknown }): string => {
    const { name, text } = isObject(data) ? data : {};
    return inTooltip ? tooltipHtml([String(name ?? ''), String(text ?? '')]) : String(text ?? '');
  };
}
