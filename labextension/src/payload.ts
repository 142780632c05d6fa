import { isState, type State } from './draw/row.js';
import { asObjects, isObject, type Json, type JsonObject } from './json.js';
import { Refusal } from './refusal.js';

export const mimeType = 'application/vnd.interleave.echarts.v1+json';

export type Kind = 'timeline' | 'bar';

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

export interface LegendItem {
  state: State;
  label: string;
}

const version = 1;
const kinds: readonly string[] = ['timeline', 'bar'] satisfies Kind[];

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
  if (typeof kind !== 'string' || !kinds.includes(kind)) {
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
  return { kind: kind as Kind, title, subtitle, text, height, option, lanes: readLanes(payload), legend: readLegend(payload) };
}

function readLanes({ lanes }: JsonObject): string[] {
  return asObjects(lanes ?? []).map(({ label }) => String(label ?? ''));
}

function readLegend({ legend }: JsonObject): LegendItem[] {
  return asObjects(legend ?? []).map(({ state, label }) => {
    if (!isState(state) || typeof label !== 'string') {
      throw new Refusal(`This chart cannot be drawn: its key holds ${JSON.stringify(state ?? null)}, which is unknown to this page.`);
    }
    return { state, label };
  });
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refusal('This chart cannot be drawn: its data is not JSON.');
  }
}
