/** What JSON.parse returns: all that a notebook can hand to this extension. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** ECharts takes one object or a list of them in many places. */
export function asObjects(value: Json | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** Lays `over` on `under`, object by object; lists and plain values of `over` win whole. */
export function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged: JsonObject = { ...under, ...over }; // keeps a key like __proto__ a key, for what checks it
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : null;
    if (isObject(below) && isObject(value)) {
      merged[key] = merge(below, value);
    }
  }
  return merged;
}
