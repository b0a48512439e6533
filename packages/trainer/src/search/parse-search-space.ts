import { type JsonObject, type JsonValue, canonicalJson, nearestName } from '@gnu-mlops/core';
import { SearchSpaceError } from './search-errors.ts';
import type { Dimension, SearchSpace } from './search-space.ts';

const keysOfKind = {
  float: ['low', 'high', 'scale'],
  int: ['low', 'high', 'scale', 'step'],
  categorical: ['values'],
} as const;

/**
 * Read a search space from plain data, such as a section of a configuration.
 *
 * @throws {SearchSpaceError} naming the hyperparameter, what is wrong with it and what to write.
 */
export function parseSearchSpace(value: JsonValue): SearchSpace {
  if (!isObject(value)) {
    throw new SearchSpaceError('', 'is no object. Give hyperparameters by name.');
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, parseDimension(name, entry)]),
  );
}

function parseDimension(name: string, entry: JsonValue): Dimension {
  const wanted = 'Write { kind: float | int, low, high } or { kind: categorical, values }.';
  if (!isObject(entry)) throw new SearchSpaceError(name, `is no object. ${wanted}`);
  const { kind } = entry;
  if (kind !== 'float' && kind !== 'int' && kind !== 'categorical') {
    throw new SearchSpaceError(name, `has the kind ${JSON.stringify(kind)}. ${wanted}`);
  }
  checkKeys(name, kind, entry);
  const problem = kind === 'categorical' ? problemOfValues(entry) : problemOfRange(kind, entry);
  if (problem !== undefined) throw new SearchSpaceError(name, problem);
  return entry as unknown as Dimension;
}

function checkKeys(name: string, kind: keyof typeof keysOfKind, entry: JsonObject): void {
  const known: readonly string[] = keysOfKind[kind];
  const unknown = Object.keys(entry).find((key) => key !== 'kind' && !known.includes(key));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const hint =
    nearest === undefined ? `It takes ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw new SearchSpaceError(name, `is of kind ${kind}, which takes no "${unknown}". ${hint}`);
}

function problemOfValues({ values }: JsonObject): string | undefined {
  if (!Array.isArray(values) || values.length === 0) {
    return 'has no values. Give a list of at least one.';
  }
  const texts = values.map((value: JsonValue) => canonicalJson(value));
  const repeated = texts.find((text, index) => texts.indexOf(text) < index);
  return repeated === undefined ? undefined : `lists ${repeated} twice. Give each value once.`;
}

function problemOfRange(kind: 'float' | 'int', entry: JsonObject): string | undefined {
  const { low, high, scale = 'linear', step = 1 } = entry;
  const isBound = kind === 'int' ? Number.isSafeInteger : Number.isFinite;
  if (!isBound(low) || !isBound(high)) {
    return `needs low and high, both ${kind === 'int' ? 'whole ' : ''}numbers.`;
  }
  if ((low as number) > (high as number) || (low === high && kind === 'float')) {
    return `goes from ${low as number} to ${high as number}. Give a high above low.`;
  }
  if (scale !== 'linear' && scale !== 'log') {
    return `has the scale ${JSON.stringify(scale)}. Give linear or log.`;
  }
  if (scale === 'log' && !((low as number) > 0)) {
    return `is on the log scale from ${low as number}. Give a low above 0, or a linear scale.`;
  }
  if (!Number.isSafeInteger(step) || (step as number) < 1) {
    return `has the step ${JSON.stringify(step)}. Give a whole number of at least 1.`;
  }
  if (scale === 'log' && step !== 1) {
    return 'has both a step and the log scale. Leave one of them out.';
  }
  return undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
