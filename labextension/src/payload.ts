import { isState, type State } from './draw/row.js';
import { isMark, type Mark } from './key.js';
import { asObjects, isObject, type Json, type JsonObject } from './json.js';
import { Refusal } from './refusal.js';

export const mimeType = 'application/vnd.interleave.echarts.v1+json';

export const kinds = ['timeline', 'bar', 'line', 'scatter', 'histogram', 'spread', 'speedup', 'waitfor', 'echarts'] as const;
export type Kind = (typeof kinds)[number];

/** The JSON under our MIME type, checked; see docs/architecture.md, "A chart". */
export interface Payload {
  kind: Kind;
  title: string;
  subtitle: string;
  text: string;
  /** Height of the drawing, without title and key, in CSS pixels. */
  height: number;
  option: JsonObject;
  /** Full names of a timeline's lanes, top to bottom; those in the option may be shortened. */
  lanes: string[];
  /** The states that a timeline shows, by their names. */
  legend: LegendItem[];
}

/** One entry of the key: a state, or what a series is drawn with and which of its colours. */
export type LegendItem = { label: string } & ({ state: State } | { mark: Mark; color: number });

const version = 1;

/** Reads a payload, given as an object or as the text of one. Throws a Refusal. */
export function readPayload(data: unknown): Payload {
  const payload = typeof data === 'string' ? parseJson(data) : data;
  if (!isObject(payload)) {
    throw new Refusal('This chart cannot be drawn: its data is not an object.');
  }
  if (payload.version !== version) {
    throw new Refusal(
      `This chart cannot be drawn: it is in version ${JSON.stringify(payload.version ?? null)} of the format and this page knows version ${version}. ` +
        'Run "make setup" in the course\'s folder, reload this page and run the cell again.'
    );
  }
  const { kind, title, subtitle = '', text, height, option } = payload;
  if (!isKind(kind)) {
    throw new Refusal(`This chart cannot be drawn: its kind ${JSON.stringify(kind ?? null)} is unknown to this page.`);
  }
  if (typeof title !== 'string' || typeof subtitle !== 'string' || typeof text !== 'string') {
    throw new Refusal('This chart cannot be drawn: its title, subtitle or text is not a string.');
  }
  if (typeof height !== 'number' || !(height >= 40 && height <= 10_000)) {
    throw new Refusal(`This chart cannot be drawn: its height ${JSON.stringify(height ?? null)} is not between 40 and 10000 pixels.`);
  }
  if (!isObject(option)) {
    throw new Refusal('This chart cannot be drawn: it has no option.');
  }
  return { kind, title, subtitle, text, height, option, lanes: readLanes(payload), legend: readLegend(payload) };
}

function isKind(value: Json | undefined): value is Kind {
  return kinds.includes(value as Kind);
}

function readLanes({ lanes }: JsonObject): string[] {
  return asObjects(lanes ?? []).map(({ label }) => String(label ?? ''));
}

function readLegend({ legend }: JsonObject): LegendItem[] {
  return asObjects(legend ?? []).map(({ state, mark, color, label }) => {
    if (typeof label === 'string' && isState(state)) {
      return { state, label };
    }
    if (typeof label === 'string' && isMark(mark) && typeof color === 'number' && Number.isInteger(color) && color >= 1 && color <= 8) {
      return { mark, color, label };
    }
    throw new Refusal(`This chart cannot be drawn: its key holds ${JSON.stringify(state ?? mark ?? null)}, which is unknown to this page.`);
  });
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refusal('This chart cannot be drawn: its data is not JSON.');
  }
}
