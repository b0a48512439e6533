import type { Tags } from '../entities.ts';

/** A JSON object as the server sent it: nothing about it is known yet. */
export type WireObject = { readonly [field: string]: unknown };

/** A text; '' where the field is missing, as servers leave out what is empty. */
export function readText(object: WireObject, field: string): string {
  const value = object[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A number, sent as such or as text; NaN and infinities are. `absent` where it is missing. */
export function readNumber(object: WireObject, field: string, absent = 0): number {
  const value = object[field];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : absent;
}

/** An object; an empty one where the field is missing. */
export function readObject(object: WireObject, field: string): WireObject {
  return asObject(object[field]);
}

/** A list of objects; empty where the field is missing. */
export function readObjects(object: WireObject, field: string): readonly WireObject[] {
  const value = object[field];
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** A list of `{key, value}` as an object. */
export function readTags(object: WireObject, field: string): Tags {
  return Object.fromEntries(
    readObjects(object, field).map((tag) => [readText(tag, 'key'), readText(tag, 'value')]),
  );
}

/** An object as a list of `{key, value}`. */
export function formatTags(tags: Tags): { readonly key: string; readonly value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** A number as JSON has it; NaN and infinities as texts, which every MLflow server reads. */
export function formatNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function asObject(value: unknown): WireObject {
  return typeof value === 'object' && value !== null ? (value as WireObject) : {};
}
