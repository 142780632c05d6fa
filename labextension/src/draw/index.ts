import type { JsonObject } from '../json.js';
import type { Payload } from '../payload.js';
import type { Theme } from '../theme.js';
import { arrow } from './arrow.js';
import { barText } from './bar.js';
import { bin } from './bin.js';
import { formatDuration } from './format.js';
import { band, interval, run } from './interval.js';
import { path } from './path.js';
import { pointText } from './point.js';
import { rule } from './rule.js';
import { span } from './span.js';
import { strip } from './strip.js';
import { stepTooltip, timelineTooltip } from './tooltip.js';
import { waitArrow, waitNode, waitTooltip } from './waits.js';

/** Where a drawing function is asked for. */
export interface Place {
  /** The object that holds the name, such as a series with its data. */
  owner: JsonObject;
  /** Whether its result becomes HTML. */
  inTooltip: boolean;
  payload: Payload;
  theme: Theme;
  renderer: 'svg' | 'canvas';
}

/** What `@draw/NAME` stands for: each makes the function for its place. */
export const drawings: ReadonlyMap<string, (place: Place) => unknown> = new Map<string, (place: Place) => unknown>([
  ['timeline-span', span],
  ['timeline-strip', strip],
  ['timeline-path', path],
  ['timeline-arrow', arrow],
  ['timeline-tooltip', timelineTooltip],
  ['step-tooltip', stepTooltip],
  ['duration', () => formatDuration],
  ['value', barText],
  ['point', pointText],
  ['interval', interval],
  ['band', band],
  ['run', run],
  ['bin', bin],
  ['rule', rule],
  ['wait-node', waitNode],
  ['wait-arrow', waitArrow],
  ['wait-tooltip', waitTooltip]
]);
