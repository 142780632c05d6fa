import type { JsonObject } from '../json.js';
import { Refusal } from '../refusal.js';
import { rowsOf, textOf } from './rows.js';

export const states = ['running', 'ready', 'contending', 'waiting', 'sleeping', 'held', 'fault', 'headed'] as const;
export type State = (typeof states)[number];

export const stateNames: Record<State, string> = {
  running: 'Running',
  ready: 'Ready',
  contending: 'Waiting for a lock',
  waiting: 'Waiting',
  sleeping: 'Sleeping',
  held: 'Held',
  fault: 'Goes wrong',
  headed: 'In all'
};

export function isState(value: unknown): value is State {
  return states.includes(value as State);
}

/** A stretch of time in a lane, from `start` to `end` nanoseconds. */
export interface Span {
  lane: number;
  start: number;
  end: number;
  state: State;
  label: string;
  detail: string;
}

/** A hand-over from one lane to another at `at` nanoseconds. */
export interface Arrow {
  from: number;
  to: number;
  at: number;
  detail: string;
}

export function spansOf(series: JsonObject): Span[] {
  return rowsOf(series).map(([lane, start, end, state, label, detail]) => {
    if (typeof lane !== 'number' || typeof start !== 'number' || typeof end !== 'number') {
      throw new Refusal('This chart cannot be drawn: a span lacks its lane, start or end.');
    }
    if (!isState(state)) {
      throw new Refusal(`This chart cannot be drawn: the state ${JSON.stringify(state ?? null)} is unknown to this page.`);
    }
    return { lane, start, end, state, label: textOf(label), detail: textOf(detail) };
  });
}

export function arrowsOf(series: JsonObject): Arrow[] {
  return rowsOf(series).map(([from, to, at, detail]) => {
    if (typeof from !== 'number' || typeof to !== 'number' || typeof at !== 'number') {
      throw new Refusal('This chart cannot be drawn: an arrow lacks its lanes or its time.');
    }
    return { from, to, at, detail: textOf(detail) };
  });
}
