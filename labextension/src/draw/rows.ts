import { isObject, type Json, type JsonObject } from '../json.js';
import { Refusal } from '../refusal.js';

/** The rows of a series' data; one stands bare or as the value of an item. */
export function rowsOf(series: JsonObject): Json[][] {
  const data = Array.isArray(series.data) ? series.data : [];
  return data.map(item => {
    const row = isObject(item) ? item.value : item;
    if (!Array.isArray(row)) {
      throw new Refusal('This chart cannot be drawn: a row of its data is not a list.');
    }
    return row;
  });
}

/** The first `count` cells of a row, which must be numbers. */
export function numbersOf(row: Json[], count: number): number[] {
  const numbers = row.slice(0, count);
  if (numbers.length < count || !numbers.every(cell => typeof cell === 'number')) {
    throw new Refusal('This chart cannot be drawn: a row of its data lacks a number.');
  }
  return numbers as number[];
}

export function textOf(cell: Json | undefined): string {
  return typeof cell === 'string' ? cell : '';
}
