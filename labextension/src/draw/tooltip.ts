import { asObjects } from '../json.js';
import { formatDuration } from './format.js';
import { tooltipHtml } from './html.js';
import type { Place } from './index.js';
import { stepsOf, type Step } from './path.js';
import { arrowsOf, spansOf, stateNames, type Arrow, type Span } from './row.js';
import { loadsOf, type Load } from './strip.js';

/** The tooltip of a timeline, as HTML in which everything from the notebook is escaped. */
export function timelineTooltip({ payload: { lanes, option } }: Place) {
  const lane = (index: number): string => lanes[index] || `lane ${index + 1}`;
  const lines = asObjects(option.series).map(series => {
    if (series.renderItem === '@draw/timeline-arrow') {
      return arrowsOf(series).map(arrow => () => arrowLines(arrow, lane));
    }
    if (series.renderItem === '@draw/timeline-strip') {
      return loadsOf(series).map(load => () => loadLines(load));
    }
    if (series.renderItem === '@draw/timeline-path') {
      return stepsOf(series).map(step => () => stepLines(step, lane));
    }
    return series.renderItem === '@draw/timeline-span' ? spansOf(series).map(span => () => spanLines(span, lane)) : [];
  });

  return ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }): string => {
    return tooltipHtml(lines[seriesIndex]?.[dataIndex]?.() ?? []);
  };
}

/** The tooltip where steps count and no times: who, and what. */
export function stepTooltip({ payload: { lanes, option } }: Place) {
  const lines = asObjects(option.series).map(series => {
    if (series.renderItem === '@draw/timeline-arrow') {
      return arrowsOf(series).map(({ from, to, detail }) => [`${lanes[from] ?? ''} → ${lanes[to] ?? ''}`, detail]);
    }
    return spansOf(series).map(({ lane, detail }) => [lanes[lane] ?? '', ...detail.split('\n')]);
  });
  return ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }): string => tooltipHtml(lines[seriesIndex]?.[dataIndex] ?? []);
}

function loadLines({ start, end, running, ready, cores }: Load): string[] {
  const say = (n: number): string => String(Number(n.toFixed(1)));
  return [
    `${say(running)} running at once${cores > 0 ? `, on ${cores} ${cores === 1 ? 'core' : 'cores'}` : ''}`,
    ready > 0 ? `${say(ready)} more ready, no free core` : '',
    `${formatDuration(start)} to ${formatDuration(end)}`
  ];
}

function stepLines({ lane: index, start, end }: Step, lane: (index: number) => string): string[] {
  return [
    lane(index),
    `On the longest chain for ${formatDuration(end - start)}: only what is shorter here makes the whole shorter`,
    `${formatDuration(start)} to ${formatDuration(end)}`
  ];
}

function spanLines(span: Span, lane: (index: number) => string): string[] {
  if (span.state === 'headed') {
    return [span.label, ...span.detail.split('\n')];
  }
  const state = span.state === 'held' && span.label ? `Held by ${span.label}` : stateNames[span.state];
  return [
    lane(span.lane),
    `${state} for ${formatDuration(span.end - span.start)}`,
    `${formatDuration(span.start)} to ${formatDuration(span.end)}`,
    ...span.detail.split('\n')
  ];
}

function arrowLines(arrow: Arrow, lane: (index: number) => string): string[] {
  return [`${lane(arrow.from)} → ${lane(arrow.to)}`, `at ${formatDuration(arrow.at)}`, ...arrow.detail.split('\n')];
}
