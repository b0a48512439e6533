import { createRandom, isGnuMlopsError } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { formatXgboost } from '../../src/xgboost/format-xgboost.ts';
import { modelFromXgboost, parseXgboost } from '../../src/xgboost/parse-xgboost.ts';
import { parseUbjson } from '../../src/xgboost/parse-ubjson.ts';
import { formatUbjson } from '../fixtures/format-ubjson.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';

const features = ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'numeric' as const }));

function randomText(seed: number): string {
  const random = createRandom(seed);
  const shape = { featureCount: 4, outputCount: 1, depth: 4, categoryShare: 0.3 };
  const trees = Array.from({ length: 3 }, () => randomTree(random, shape));
  const forest = assembleForest(trees, { outputCount: 1, aggregation: 'sum', link: 'logistic' });
  return formatXgboost(forest, features);
}

function bytesOf(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
}

const corrupt = expect.objectContaining({ code: 'MODEL_FILE_CORRUPT' });

describe('parseUbjson', () => {
  it('reads back whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(parseUbjson(formatUbjson(value), 'the file')).toEqual(value);
      }),
    );
  });

  it('reads numbers of every type, big-endian', () => {
    const bytes = bytesOf(
      ['['.charCodeAt(0)],
      ...['i\xff', 'U\xff', 'I\xff\xfe', 'l\xff\xff\xff\xfd', 'L\xff\xff\xff\xff\xff\xff\xff\xfc'],
      ...['d\x3f\xc0\0\0', 'D\x3f\xf8\0\0\0\0\0\0', ']'],
    );
    expect(parseUbjson(bytes, 'the file')).toEqual([-1, 255, -2, -3, -4, 1.5, 1.5]);
  });

  it('reads lists that are typed, counted, or neither', () => {
    expect(parseUbjson(bytesOf('[$U#i\x02\x07\x08'), 'the file')).toEqual([7, 8]);
    expect(parseUbjson(bytesOf('[#i\x02TF'), 'the file')).toEqual([true, false]);
    expect(parseUbjson(bytesOf('[ZCx]'), 'the file')).toEqual([null, 'x']);
  });

  it.each([
    ['no bytes', ''],
    ['an unknown marker', 'x'],
    ['an end within a number', 'D\0'],
    ['an end within a text', 'Si\x05abc'],
    ['a text of negative length', 'Si\xff'],
    ['a text that is no UTF-8', 'Si\x01\xff'],
    ['a text whose length is a fraction', 'Sd\x3f\x80\0\0a'],
    ['a list of more items than there are bytes', '[$D#l\x7f\xff\xff\xff'],
    ['a list longer than memory', '[$U#L\x7f\xff\xff\xff\xff\xff\xff\xff'],
    ['items without bytes', '[$Z#l\x7f\xff\xff\xff'],
    ['a typed list without length', '[$U\x01]'],
    ['counted items that are not there', '[#l\x7f\xff\xff\xffZ'],
    ['an open list', '['],
    ['an open object', '{'],
    ['a name twice', '{i\x01aTi\x01aF}'],
    ['bytes after the end', 'TT'],
    ['lists without end', '['.repeat(100_000)],
  ])('throws MODEL_FILE_CORRUPT for %s', (_, text) => {
    expect(() => parseUbjson(bytesOf(text), 'the file')).toThrow(corrupt);
  });

  it('gives a name like __proto__ to a field and to nothing else', () => {
    const name = '__proto__';
    const value = parseUbjson(bytesOf('{i\x09', name, '{i\x01aT}}'), 'the file') as object;
    expect(Object.keys(value)).toEqual([name]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('parseXgboost of bytes', () => {
  it('makes the same model of UBJSON as of JSON, as text or bytes', () => {
    const text = randomText(1);
    const expected = modelFromXgboost(text);
    expect(modelFromXgboost(formatUbjson(JSON.parse(text)))).toEqual(expected);
    expect(modelFromXgboost(new TextEncoder().encode(text))).toEqual(expected);
  });

  it('names the way out of the binary format of old', () => {
    expect(() => parseXgboost(bytesOf('binf\0\0'))).toThrow(
      expect.objectContaining({ code: 'MODEL_FOREIGN_UNSUPPORTED', library: 'XGBoost' }),
    );
  });

  it('refuses or scores whatever is done to the bytes', () => {
    const random = createRandom(73);
    const original = formatUbjson(JSON.parse(randomText(2)));
    const matrix = randomMatrix(random, 5, 4);
    const outcomes = new Set<boolean>();
    for (let i = 0; i < 3000; i++) {
      const at = random.nextInt(original.length);
      const bytes = i % 4 === 0 ? original.slice(0, at) : Uint8Array.from(original);
      if (i % 4 !== 0) bytes[at] = random.nextInt(256);
      try {
        predictMatrix(parseXgboost(bytes).estimator, matrix);
        outcomes.add(true);
      } catch (error) {
        if (!isGnuMlopsError(error)) throw error;
        outcomes.add(false);
      }
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });
});
