import {
  ForeignModelCorruptError,
  ForeignModelUnsupportedError,
  ModelFileCorruptError,
} from '../errors.ts';
import { type Place, fieldOf, optionalFieldOf, textOf } from '../file/place.ts';
import { parseStrictJson } from '../file/strict-json.ts';
import { parseUbjson } from './parse-ubjson.ts';

/** Read XGBoost's JSON or UBJSON, and blame XGBoost's file for what is wrong with it. */
export function readXgboostJson<Result>(
  source: string | Uint8Array,
  read: (root: Place) => Result,
): Result {
  try {
    return read({ where: 'the model', value: parseSource(source) });
  } catch (error) {
    if (!(error instanceof ModelFileCorruptError)) throw error;
    throw new ForeignModelCorruptError('XGBoost', error.where, error.problem);
  }
}

/** Behind the first brace, JSON has white space, a quote or the end, and UBJSON a name's length. */
function parseSource(source: string | Uint8Array): unknown {
  if (typeof source === 'string') return parseStrictJson(source, 'the text');
  const start = String.fromCharCode(...source.subarray(0, 4));
  if (/^\{[iUIlL]/.test(start)) return parseUbjson(source, 'the file');
  if (start === 'binf' || start === 'bs64') {
    throw new ForeignModelUnsupportedError(
      'XGBoost',
      'it is in the binary format of versions before 3: load it there and save it as model.json',
    );
  }
  return parseStrictJson(new TextDecoder().decode(source), 'the text');
}

/** A list of numbers, or of booleans as 0 and 1. @throws {ModelFileCorruptError} */
export function numberListOf(object: Place, name: string): readonly number[] {
  const { where, value } = fieldOf(object, name);
  if (!Array.isArray(value)) throw new ModelFileCorruptError(where, 'is no list');
  return value.map((item: unknown, i) => {
    if (typeof item === 'boolean') return Number(item);
    if (typeof item === 'number' && Number.isFinite(item)) return item;
    throw new ModelFileCorruptError(`${where}[${i}]`, 'is no number');
  });
}

/** A list of numbers; where there is none, `length` times 0. @throws {ModelFileCorruptError} */
export function numberListOrZeros(object: Place, name: string, length: number): readonly number[] {
  return optionalFieldOf(object, name) === undefined
    ? new Array<number>(length).fill(0)
    : numberListOf(object, name);
}

/** A whole number from 0 on, which XGBoost writes as text. @throws {ModelFileCorruptError} */
export function countOf(object: Place, name: string): number {
  const place = fieldOf(object, name);
  const text = textOf(place);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ModelFileCorruptError(place.where, 'is no count');
}
