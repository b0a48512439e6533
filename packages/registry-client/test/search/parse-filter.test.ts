import { isGnuMlopsError } from '@gnu-mlops/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Comparison, Filter } from '../../src/search/filter.ts';
import { parseFilter } from '../../src/search/parse-filter.ts';

it.each<[string, Omit<Comparison, 'kind' | 'position'>]>([
  ['metrics.f1 > 0.8', { entity: 'metric', key: 'f1', operator: '>', value: 0.8 }],
  [
    'metric.`f1 score`<=-1e-3',
    { entity: 'metric', key: 'f1 score', operator: '<=', value: -0.001 },
  ],
  ['metrics."val/loss" != .5', { entity: 'metric', key: 'val/loss', operator: '!=', value: 0.5 }],
  ['metrics.val/loss != 5.', { entity: 'metric', key: 'val/loss', operator: '!=', value: 5 }],
  [`params.depth = '10'`, { entity: 'param', key: 'depth', operator: '=', value: '10' }],
  [`parameters.depth = "10"`, { entity: 'param', key: 'depth', operator: '=', value: '10' }],
  [`params.2 = 'x'`, { entity: 'param', key: '2', operator: '=', value: 'x' }],
  [
    `tags.mlflow.source.name = 'a.ts'`,
    { entity: 'tag', key: 'mlflow.source.name', operator: '=', value: 'a.ts' },
  ],
  ["`tag`.`it``s` = 'it''s'", { entity: 'tag', key: 'it`s', operator: '=', value: `it's` }],
  [`tags.größe LIKE '%ß_'`, { entity: 'tag', key: 'größe', operator: 'LIKE', value: '%ß_' }],
  [
    `attr.status iLike 'fin%'`,
    { entity: 'attribute', key: 'status', operator: 'ILIKE', value: 'fin%' },
  ],
  [`run.status = 'x'`, { entity: 'attribute', key: 'status', operator: '=', value: 'x' }],
  [`status = ''`, { entity: 'attribute', key: 'status', operator: '=', value: '' }],
  ["`run name` = 'a'", { entity: 'attribute', key: 'run name', operator: '=', value: 'a' }],
  [
    `start_time >= 1664067852747`,
    { entity: 'attribute', key: 'start_time', operator: '>=', value: 1664067852747 },
  ],
  [
    `run_id in ('a','b')`,
    { entity: 'attribute', key: 'run_id', operator: 'IN', value: ['a', 'b'] },
  ],
  [
    `run_id Not  In ( 'a' )`,
    { entity: 'attribute', key: 'run_id', operator: 'NOT IN', value: ['a'] },
  ],
  [`run_id IN ('a',)`, { entity: 'attribute', key: 'run_id', operator: 'IN', value: ['a'] }],
  ['params.a IS NULL', { entity: 'param', key: 'a', operator: 'IS NULL', value: null }],
  ['tags.`a b` is Not null', { entity: 'tag', key: 'a b', operator: 'IS NOT NULL', value: null }],
  [`datasets.name = 'x'`, { entity: 'dataset', key: 'name', operator: '=', value: 'x' }],
])('reads %s', (text, expected) => {
  expect(parseFilter(text)).toEqual({ kind: 'comparison', position: 0, ...expected });
});

it('reads a blank filter as none', () => {
  expect(parseFilter('')).toBeUndefined();
  expect(parseFilter(' \n')).toBeUndefined();
});

it('lets AND bind closer than OR, and parentheses closer than both', () => {
  expect(shape(parseFilter(`a = '1' AND b = '2' or c = '3'`)!)).toBe('((a and b) or c)');
  expect(shape(parseFilter(`a = '1' and (b = '2' OR c = '3')`)!)).toBe('(a and (b or c))');
  expect(shape(parseFilter(`((a = '1'))`)!)).toBe('a');
});

it('remembers where each condition begins', () => {
  const filter = parseFilter(`a = '1' AND  metrics.b > 2`);
  expect(filter).toMatchObject({ terms: [{ position: 0 }, { position: 13 }] });
});

it.each([
  ['metrics.f1', 10, /comparison is expected/],
  ['metrics.f1 >', 12, /at its end.*number or a text/],
  ['metrics.f1 == 1', 11, /Equality is written "="/],
  ['metrics.f1 > 1 metrics.f2 > 2', 15, /AND, OR or the end/],
  ['metrics.f1 > 1 AND', 18, /key is expected/],
  [`metrcs.f1 > 1`, 0, /Did you mean "metrics"/],
  [`params.a = 'open`, 11, /quote is not closed/],
  ['params.`open = 1', 7, /quote is not closed/],
  [`params.a = b`, 11, /number or a text in single quotes/],
  [`params.a LIKE 5`, 14, /text in single quotes/],
  [`run_id IN ()`, 11, /text in single quotes/],
  [`run_id IN ('a'`, 14, /"\)" is expected/],
  [`run_id IN (1)`, 11, /text in single quotes/],
  [`run_id NOT 'a'`, 7, /comparison is expected/],
  [`params.a IS 'x'`, 12, /NULL or NOT NULL/],
  [`(a = '1'`, 8, /"\)" is expected/],
  [`a = '1')`, 7, /AND, OR or the end/],
  [`a = '1'; DROP TABLE runs`, 7, /not expected/],
  [`metrics. = 1`, 9, /key is expected/],
  [`'a' = 'a'`, 0, /key is expected/],
])('refuses %j at %i', (text, position, message) => {
  expect(() => parseFilter(text)).toThrow(
    expect.objectContaining({
      code: 'REGISTRY_FILTER_INVALID',
      position,
      message: expect.stringMatching(message) as string,
    }),
  );
});

it('refuses more conditions or parentheses than anyone writes', () => {
  expect(() => parseFilter(Array(201).fill(`a = '1'`).join(' AND '))).toThrow(/200 conditions/);
  expect(() => parseFilter('('.repeat(10_000))).toThrow(/too deeply/);
});

it('reads any condition back that is written out, whatever its key and value', () => {
  const entity = fc.constantFrom('metric', 'param', 'tag', 'attribute', 'dataset');
  const text = fc.string({ unit: 'binary', minLength: 1 });
  fc.assert(
    fc.property(entity, text, fc.string({ unit: 'binary' }), (word, key, value) => {
      const written = `${word}s.\`${key.replaceAll('`', '``')}\` = '${value.replaceAll("'", "''")}'`;
      expect(parseFilter(written)).toMatchObject({ entity: word, key, value });
    }),
  );
});

it('throws nothing but its own error, whatever the text', () => {
  const piece = fc.constantFrom(
    'metrics',
    '.',
    ' ',
    '`',
    "'",
    '"',
    '(',
    ')',
    ',',
    'AND',
    'OR',
    'NOT',
    'IN',
    'LIKE',
    '=',
    '!',
    '<',
    '1',
    '-',
    'e',
    'a',
  );
  const texts = fc.oneof(
    fc.array(piece).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (filter) => {
      try {
        parseFilter(filter);
      } catch (error) {
        expect(isGnuMlopsError(error) && error.code).toBe('REGISTRY_FILTER_INVALID');
      }
    }),
    { numRuns: 1000 },
  );
});

function shape(filter: Filter): string {
  if (filter.kind === 'comparison') return filter.key;
  return `(${filter.terms.map(shape).join(` ${filter.kind} `)})`;
}
