import type { ECharts } from 'echarts/core';
import { tickStep } from './draw/ticks.js';

/** A part of the time axis, in percent. */
interface Window {
  start: number;
  end: number;
}

const whole: Window = { start: 0, end: 100 };
const narrowest = 0.01;

/** What the reader looks at of a timeline: survives updates, and moves by keys. */
export class Zoom {
  private chart: ECharts | null = null;
  private window = whole;
  private length = 0;

  listen(chart: ECharts): void {
    this.chart = chart;
    chart.on('datazoom', event => {
      const { batch, start, end } = event as Partial<Window> & { batch?: Partial<Window>[] };
      const window = { start, end, ...batch?.[0] };
      if (window.start !== undefined && window.end !== undefined) {
        this.window = { start: window.start, end: window.end };
        this.spaceTicks();
      }
    });
  }

  forget(): void {
    this.chart = null;
  }

  /**
   * A new option starts at the whole again: brings back what the reader had chosen.
   * `length` is that of the time axis if its ticks are a fixed distance apart, else 0.
   */
  restore(length: number): void {
    this.length = length;
    if (this.window !== whole) {
      this.show(this.window);
    }
  }

  /** Whether the key means something to a zoomable chart. */
  key(key: string): boolean {
    const { start, end } = this.window;
    const span = end - start;
    switch (key) {
      case '+':
      case '=':
        this.show({ start: start + span / 4, end: end - span / 4 });
        return true;
      case '-':
        this.show({ start: start - span / 2, end: end + span / 2 });
        return true;
      case 'ArrowLeft':
      case 'ArrowRight': {
        const step = Math.max(-start, Math.min(100 - end, (key === 'ArrowLeft' ? -span : span) / 8));
        this.show({ start: start + step, end: end + step });
        return true;
      }
      case 'Home':
        this.show(whole);
        return true;
      default:
        return false;
    }
  }

  /** Fixed ticks come closer as the reader does. ECharts would count them from the window's edge, not from 0. */
  private spaceTicks(): void {
    if (this.length === 0) {
      return;
    }
    const [from, to] = [(this.length * this.window.start) / 100, (this.length * this.window.end) / 100];
    const step = tickStep(to - from);
    const customValues: number[] = [];
    for (let i = Math.ceil(from / step); i * step < to; i++) {
      customValues.push(i * step);
    }
    if (to === this.length) {
      customValues.push(to); // how long it took
    }
    this.chart?.setOption({ xAxis: { axisTick: { customValues }, axisLabel: { customValues } } });
  }

  private show({ start, end }: Window): void {
    if (end - start < narrowest) {
      return;
    }
    this.chart?.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, start: Math.max(0, start), end: Math.min(100, end) });
  }
}
