import { ModelFileCorruptError } from '../errors.ts';

/** A value somewhere in a file of unknown origin, and where. */
export interface Place {
  readonly where: string;
  readonly value: unknown;
}

/** The entries of an object. @throws {ModelFileCorruptError} where there is none. */
export function entriesOf(place: Place): [name: string, place: Place][] {
  return Object.entries(objectOf(place)).map(([name, value]) => [name, within(place, name, value)]);
}

/** An object's own field, undefined where it has none. */
export function optionalFieldOf(place: Place, name: string): Place | undefined {
  const object = objectOf(place);
  return Object.hasOwn(object, name) ? within(place, name, object[name]) : undefined;
}

function objectOf({ value, where }: Place): { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ModelFileCorruptError(where, 'is no object');
  }
  return value as { readonly [name: string]: unknown };
}

function within({ where }: Place, name: string, value: unknown): Place {
  return { where: `${where}.${name}`, value };
}

/** An object's own field. @throws {ModelFileCorruptError} where it has none. */
export function fieldOf(object: Place, name: string): Place {
  const field = optionalFieldOf(object, name);
  if (field === undefined) throw new ModelFileCorruptError(object.where, `has no "${name}"`);
  return field;
}

/** The items of an array. @throws {ModelFileCorruptError} where there is none. */
export function listOf({ value, where }: Place): Place[] {
  if (!Array.isArray(value)) throw new ModelFileCorruptError(where, 'is no list');
  return value.map((item: unknown, i) => ({ where: `${where}[${i}]`, value: item }));
}

/** @throws {ModelFileCorruptError} where the value is no text. */
export function textOf({ value, where }: Place): string {
  if (typeof value !== 'string') throw new ModelFileCorruptError(where, 'is no text');
  return value;
}

/** @throws {ModelFileCorruptError} where the value is not true or false. */
export function booleanOf({ value, where }: Place): boolean {
  if (typeof value !== 'boolean')
    throw new ModelFileCorruptError(where, 'is neither true nor false');
  return value;
}

/** @throws {ModelFileCorruptError} where the value is no number, or an infinite one. */
export function numberOf({ value, where }: Place): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new ModelFileCorruptError(where, 'is no number');
  }
  return value;
}

/** A count or an index. @throws {ModelFileCorruptError} where the value is none. */
export function wholeNumberOf(place: Place): number {
  const value = numberOf(place);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ModelFileCorruptError(place.where, `is ${value}, not a whole number from 0 on`);
  }
  return value;
}

/** One of a set of words. @throws {ModelFileCorruptError} where the value is none of them. */
export function wordOf<Word extends string>(place: Place, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === place.value);
  if (word === undefined) {
    throw new ModelFileCorruptError(place.where, `is none of ${words.join(', ')}`);
  }
  return word;
}
