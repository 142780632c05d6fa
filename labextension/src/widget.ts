import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { color, colorNames } from './colors.js';
import { Drawing } from './drawing.js';
import { fillKey } from './key.js';
import { mimeType, readPayload, type Payload } from './payload.js';
import { Refusal } from './refusal.js';
import { tableFrom } from './table.js';
import { onThemeSwitch, themeOf } from './theme.js';

/**
 * One chart in an output: title, subtitle, key, drawing, and a table for those who
 * do not see it. `data-chart` on its node tells how far it is: `painted` or `refused`.
 */
export class ChartWidget extends Widget implements IRenderMime.IRenderer {
  private readonly heading = part('div', 'title');
  private readonly subtitle = part('div', 'subtitle');
  private readonly key = part('ul', 'key');
  private readonly host = part('div', 'drawing');
  private readonly table = part('div', 'table');
  private readonly problem = part('p', 'problem');
  private readonly drawing = new Drawing(this.host, () => this.tell('painted'));
  private readonly resizing = new ResizeObserver(() => this.resized());
  private themes: MutationObserver | null = null;
  private payload: Payload | null = null;
  private plain = '';
  private drawn = false;
  private static hasMore = false;

  constructor() {
    super({ node: document.createElement('figure') });
    this.addClass('interleave-chart');
    // The figure's label and the table say it all; the drawing's loose texts would not.
    this.key.ariaHidden = this.host.ariaHidden = 'true';
    this.node.append(this.heading, this.subtitle, this.key, this.host, this.table, this.problem);
    this.node.addEventListener('keydown', event => this.pressed(event));
  }

  /** Called for the first display and for every update of it. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.plain = String(model.data['text/plain'] ?? '');
    this.drawn = false;
    this.attempt(() => {
      this.payload = readPayload(model.data[mimeType]);
      this.describe(this.payload, model.data['text/html']);
      this.draw();
    });
  }

  protected override onAfterAttach(): void {
    this.themes = onThemeSwitch(() => {
      // While style sheets are exchanged the page has no layout, and an observer of
      // sizes does not hear of one that comes and goes within a frame.
      this.drawn = false;
      requestAnimationFrame(() => this.attempt(() => this.draw()));
    });
    this.resizing.observe(this.host); // reports at once, and draws then
  }

  protected override onBeforeDetach(): void {
    this.themes?.disconnect();
    this.resizing.disconnect();
    this.drawing.dispose();
    this.drawn = false;
  }

  private resized(): void {
    if (this.drawn) {
      this.drawing.resize();
    } else {
      this.attempt(() => this.draw());
    }
  }

  /** Does nothing while the output has no width yet: the resize observer comes back. */
  private draw(): void {
    if (!this.payload || !this.isAttached || this.host.clientWidth === 0) {
      return;
    }
    if (this.payload.kind === 'echarts' && !ChartWidget.hasMore) {
      this.loadMore();
      return;
    }
    const theme = themeOf(this.node);
    for (const name of colorNames) {
      this.node.style.setProperty(`--interleave-${name}`, color(name, theme.dark));
    }
    this.drawing.draw(this.payload, theme);
    this.drawn = true;
  }

  /** What charts of readers' own are drawn with is loaded once it is needed. */
  private loadMore(): void {
    import('./more.js').then(
      () => {
        ChartWidget.hasMore = true;
        this.attempt(() => this.draw());
      },
      () => this.refuse(new Refusal('This chart cannot be drawn: a part of the extension could not be loaded. Reload this page.'))
    );
  }

  private describe(payload: Payload, html: unknown): void {
    this.heading.textContent = payload.title;
    this.subtitle.textContent = payload.subtitle;
    this.node.ariaLabel = payload.text || payload.title;
    fillKey(this.key, payload.legend);
    this.table.replaceChildren(...[tableFrom(html)].filter(table => table !== null));
    this.problem.textContent = '';
    this.setParts(true);
    this.host.style.height = `${payload.height}px`; // its room, before it is drawn
    this.host.style.minWidth = payload.kind === 'waitfor' ? '760px' : ''; // its boxes need it: the figure scrolls
    if (payload.kind === 'timeline') {
      this.node.tabIndex = 0; // its zoom has keys
    } else {
      this.node.removeAttribute('tabindex');
    }
  }

  /** A refused chart leaves a sentence, and the text that every chart carries. */
  private attempt(show: () => void): void {
    try {
      show();
    } catch (error) {
      this.refuse(error);
    }
  }

  private refuse(error: unknown): void {
    if (!(error instanceof Refusal)) {
      console.warn('interleave-charts:', error);
    }
    const sentence = error instanceof Refusal ? error.message : 'This chart cannot be drawn: its option is not understood.';
    this.payload = null;
    this.drawing.dispose();
    this.setParts(false);
    this.problem.textContent = this.plain ? `${sentence}\n${this.plain}` : sentence;
    this.node.removeAttribute('tabindex');
    this.node.ariaLabel = this.plain || sentence;
    this.tell('refused');
  }

  private setParts(shown: boolean): void {
    for (const element of [this.heading, this.host, this.table]) {
      element.hidden = !shown;
    }
    this.subtitle.hidden = !shown || this.subtitle.textContent === '';
    this.key.hidden = !shown || this.key.childElementCount === 0;
    this.problem.hidden = shown;
  }

  private pressed(event: KeyboardEvent): void {
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    if (!modified && this.payload?.kind === 'timeline' && this.drawing.zoom.key(event.key)) {
      event.preventDefault();
      event.stopPropagation(); // else Jupyter would move to another cell
    }
  }

  private tell(state: 'painted' | 'refused'): void {
    this.node.dataset.chart = state;
  }
}

function part(tag: 'div' | 'ul' | 'p', name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = `interleave-chart-${name}`;
  return element;
}
