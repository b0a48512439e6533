import { type JsonValue, createTable } from '@gnu-mlops/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecipeSpec, fitRecipe, parseRecipe, transformTable } from '../src/index.ts';
import { boolean, categorical, integer, numeric, timestamp } from './tiny-table.ts';

const table = createTable([
  ['amount', numeric(1.5, null, 900, 20)],
  ['count', integer(3, 1, 4, 1)],
  ['member', boolean(true, null, false, true)],
  ['since', timestamp(0, 1e12, null, 5)],
  ['city', categorical('Oslo', 'Lima', 'Lima', null)],
  ['grade', categorical('b', 'a', 'c', 'a')],
  ['size', categorical('S', 'L', 'S', 'L')],
]);
const spec: RecipeSpec = {
  steps: [
    { kind: 'clip', columns: ['amount'], minimum: 0, upperQuantile: 0.9 },
    { kind: 'impute', columns: ['amount', 'member'], strategy: 'most_frequent', indicator: true },
    { kind: 'log1p', columns: ['amount'] },
    { kind: 'standard_scale', columns: ['amount', 'since'] },
    { kind: 'min_max_scale', columns: ['count'], outside: 'clip' },
    { kind: 'one_hot', columns: ['city', 'size'], unknown: 'other', minRows: 2 },
    { kind: 'ordinal_encode', columns: ['grade'], output: 'categorical', unknown: 'missing' },
    { kind: 'drop', columns: ['since'], reason: 'not needed' },
  ],
};
const recipe = fitRecipe(table, spec);
const text = JSON.stringify(recipe);

/** The recipe with the value at a path replaced. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = JSON.parse(text);
  let place = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as typeof place;
  place[path.at(-1)!] = value;
  return copy;
}

describe('parseRecipe', () => {
  it('reads what was written: same recipe, same features', () => {
    const read = parseRecipe(JSON.parse(text));
    expect(read).toEqual(recipe);
    expect(Object.isFrozen(read.steps[0])).toBe(true);
    expect(transformTable(table, read)).toEqual(transformTable(table, recipe));
  });

  it.each<[string, readonly (string | number)[], unknown, string]>([
    ['another version', ['version'], 2, 'version'],
    ['steps that are no list', ['steps'], {}, 'steps'],
    ['an unknown step', ['steps', 0, 'kind'], '__proto__', 'steps[0].kind'],
    ['a field that is not known', ['steps', 0, 'run'], 'code()', 'steps[0]'],
    [
      'a mean that is no number',
      ['steps', 3, 'columns', 0, 'mean'],
      null,
      'steps[3].columns[0].mean',
    ],
    ['a scale of zero', ['steps', 3, 'columns', 0, 'scale'], 0, 'steps[3].columns[0].scale'],
    ['an empty range', ['steps', 4, 'range'], [1, 1], 'steps[4].range'],
    [
      'mixed categories',
      ['steps', 5, 'columns', 0, 'categories'],
      ['Lima', 1],
      'steps[5].columns[0].categories[1]',
    ],
    [
      'a category that stands twice',
      ['steps', 5, 'columns', 1, 'categories'],
      ['S', 'S'],
      'steps[5].columns[1].categories',
    ],
    ['a category in two lists', ['steps', 5, 'columns', 1, 'rare'], ['S'], 'steps[5].columns[1]'],
    [
      'numbers as categories of a text',
      ['steps', 6, 'columns', 0, 'categories'],
      [1, 2, 3],
      'the step ordinal_encode',
    ],
    ['a text to fill numbers with', ['steps', 1, 'columns', 0, 'fill'], 'many', 'the step impute'],
    ['a step on a column that is not there', ['steps', 2, 'columns'], ['gone'], 'the step log1p'],
    ['a scaled text', ['steps', 2, 'columns'], ['city'], 'the step log1p'],
    [
      'a column named twice by a step',
      ['steps', 2, 'columns'],
      ['amount', 'amount'],
      'steps[2].columns',
    ],
    ['a dropped column that is not there', ['steps', 7, 'columns'], ['gone'], 'the step drop'],
    ['an input that stands twice', ['inputs', 1, 'name'], 'amount', 'inputs'],
    ['an input of an unknown type', ['inputs', 0, 'type'], 'code', 'inputs[0].type'],
    ['features that the steps do not make', ['features', 0, 'name'], 'other', 'features'],
    ['a missing feature', ['features'], [], 'features'],
    ['another number of categories', ['features', 8, 'categories'], 4, 'features'],
    ['a column that is still text', ['steps', 6, 'columns'], [], 'steps'],
    ['a reason that is no text', ['dropped', 0, 'reason'], 1, 'dropped[0].reason'],
  ])('throws PREPROCESS_RECIPE_INVALID on %s, saying where', (_what, path, value, where) => {
    expect(() => parseRecipe(changed(path, value))).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_RECIPE_INVALID', path: where }),
    );
  });

  it('throws PREPROCESS_RECIPE_INVALID when two features would share a name', () => {
    const copy = changed(['inputs', 1, 'name'], 'city=Lima') as Record<string, unknown>;
    const steps = copy['steps'] as { columns: { column: string }[] }[];
    steps[4]!.columns[0]!.column = 'city=Lima';
    expect(() => parseRecipe(copy)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_RECIPE_INVALID', path: 'steps' }),
    );
  });

  it.each([null, [], 'recipe', 1, { __proto__: { version: 1 } }, {}])(
    'throws PREPROCESS_RECIPE_INVALID on %j',
    (value) => {
      expect(() => parseRecipe(value)).toThrow(
        expect.objectContaining({ code: 'PREPROCESS_RECIPE_INVALID' }),
      );
    },
  );

  it('takes any single change of the JSON as a good recipe or as PREPROCESS_RECIPE_INVALID', () => {
    const places: (string | number)[][] = [];
    const collect = (value: unknown, path: (string | number)[]) => {
      if (path.length > 0) places.push(path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) {
        collect(part, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    };
    collect(JSON.parse(text), []);
    const nasty = fc.oneof(
      fc.constantFrom<JsonValue>(
        '__proto__',
        'constructor',
        -1,
        1e308,
        0.5,
        '',
        [],
        {},
        null,
        true,
      ),
      fc.jsonValue() as fc.Arbitrary<JsonValue>,
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), nasty, (path, value) => {
        let read;
        try {
          read = parseRecipe(JSON.parse(JSON.stringify(changed(path, value))));
        } catch (error) {
          expect(error).toMatchObject({ code: 'PREPROCESS_RECIPE_INVALID' });
          return;
        }
        const again = parseRecipe(JSON.parse(JSON.stringify(read)));
        expect(again).toEqual(read);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('leaves every object as it was when a name is __proto__', () => {
    const hostile: unknown = JSON.parse(
      '{"version":1,"inputs":[{"name":"__proto__","type":"double","required":true,' +
        '"__proto__":{"polluted":true}}],"steps":[],"features":[],"dropped":[]}',
    );
    expect(() => parseRecipe(hostile)).toThrow(
      expect.objectContaining({ code: 'PREPROCESS_RECIPE_INVALID', path: 'inputs[0]' }),
    );
    expect('polluted' in {}).toBe(false);
  });
});
