import { init, type ECharts } from './echarts.js';
import { asObjects, type JsonObject } from './json.js';
import { forPage } from './page.js';
import type { Payload } from './payload.js';
import { resolve } from './resolve.js';
import { echartsTheme, type Theme } from './theme.js';
import { Zoom } from './zoom.js';

/** Above this many marks, elements of the page cost more than pixels. */
const mostSvgMarks = 5000;

export function rendererFor(option: JsonObject): 'svg' | 'canvas' {
  const marks = asObjects(option.series).reduce((sum, { data }) => sum + (Array.isArray(data) ? data.length : 0), 0);
  return marks > mostSvgMarks ? 'canvas' : 'svg';
}

/** What ECharts is given for a payload. Throws a Refusal. */
export function optionFor(payload: Payload, theme: Theme, renderer: 'svg' | 'canvas'): Record<string, unknown> {
  return resolve({ ...payload, option: forPage(payload.option) }, theme, renderer);
}

/** The ECharts instance of one chart: made when first drawn, kept through updates. */
export class Drawing {
  private chart: ECharts | null = null;
  private made = '';
  readonly zoom = new Zoom();

  /** `painted` is called whenever everything is on the page. */
  constructor(
    private readonly host: HTMLElement,
    private readonly painted: () => void
  ) {
    // ECharts would swallow every turn of the wheel over a chart that can zoom.
    host.addEventListener('wheel', event => event.ctrlKey || event.shiftKey || event.stopPropagation(), { capture: true, passive: true });
  }

  /** Draws into the host, which must have a width. Throws a Refusal for what is not to be drawn. */
  draw(payload: Payload, theme: Theme): void {
    const renderer = rendererFor(payload.option);
    const option = optionFor(payload, theme, renderer);
    this.host.style.height = `${payload.height}px`;
    const made = `${renderer} ${theme.dark} ${theme.font}`;
    if (!this.chart || this.made !== made) {
      this.dispose();
      this.chart = init(this.host, echartsTheme(theme), { renderer });
      this.made = made;
      this.chart.on('finished', this.painted);
      this.zoom.listen(this.chart);
    } else {
      this.resize();
    }
    this.chart.setOption(option, { notMerge: true });
    const [time] = asObjects(payload.option.xAxis);
    this.zoom.restore(payload.option.dataZoom && time?.interval ? Number(time.max) : 0);
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (this.chart && width > 0 && (this.chart.getWidth() !== width || this.chart.getHeight() !== height)) {
      this.chart.resize();
    }
  }

  dispose(): void {
    this.zoom.forget();
    this.chart?.dispose();
    this.chart = null;
  }
}
