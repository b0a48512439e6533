import { describe, expect, it } from 'vitest';
import { parseRecipeSpec } from '../src/index.ts';

describe('parseRecipeSpec', () => {
  it('reads every step with every setting', () => {
    const spec = {
      steps: [
        { kind: 'drop', columns: ['id'], reason: 'a key' },
        { kind: 'select', columns: { kinds: ['numeric', 'text'], except: ['a'] } },
        { kind: 'impute', columns: ['a'], strategy: 'constant', value: 0, indicator: true },
        { kind: 'standard_scale', columns: { kinds: ['numeric'] } },
        { kind: 'min_max_scale', columns: ['a'], range: [-1, 1], outside: 'clip' },
        { kind: 'clip', columns: ['a'], minimum: 0, upperQuantile: 0.99 },
        { kind: 'log1p', columns: ['a'] },
        {
          kind: 'one_hot',
          columns: ['b'],
          unknown: 'other',
          missing: 'zeros',
          maxCategories: 9,
          minRows: 2,
        },
        {
          kind: 'ordinal_encode',
          columns: ['c'],
          categories: ['low', 'high'],
          unknown: -1,
          missing: 'missing',
          output: 'numeric',
        },
      ],
    };
    expect(parseRecipeSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it.each<[string, unknown, string, string]>([
    ['no object', [], '', 'object'],
    ['no steps', {}, '', 'steps'],
    ['a misspelt step', { steps: [{ kind: 'imput' }] }, 'steps[0].kind', '"impute"'],
    ['no columns', { steps: [{ kind: 'log1p' }] }, 'steps[0]', 'columns'],
    ['a misspelt field', { steps: [{ kind: 'log1p', colums: [] }] }, 'steps[0]', '"columns"'],
    [
      'a misspelt kind',
      { steps: [{ kind: 'log1p', columns: { kinds: ['number'] } }] },
      'steps[0].columns.kinds[0]',
      'numeric',
    ],
    [
      'a column named twice',
      { steps: [{ kind: 'log1p', columns: ['a', 'a'] }] },
      'steps[0].columns',
      'twice',
    ],
    [
      'a constant without value',
      { steps: [{ kind: 'impute', columns: [], strategy: 'constant' }] },
      'steps[0]',
      'value',
    ],
    [
      'a value without constant',
      { steps: [{ kind: 'impute', columns: [], strategy: 'mean', value: 1 }] },
      'steps[0]',
      'value',
    ],
    [
      'a range upside down',
      { steps: [{ kind: 'min_max_scale', columns: [], range: [1, 0] }] },
      'steps[0].range',
      'below',
    ],
    ['a clip without bound', { steps: [{ kind: 'clip', columns: [] }] }, 'steps[0]', 'bound'],
    [
      'two lower bounds',
      { steps: [{ kind: 'clip', columns: [], minimum: 0, lowerQuantile: 0 }] },
      'steps[0]',
      'bound',
    ],
    [
      'bounds upside down',
      { steps: [{ kind: 'clip', columns: [], minimum: 1, maximum: 0 }] },
      'steps[0]',
      'minimum',
    ],
    [
      'quantiles upside down',
      { steps: [{ kind: 'clip', columns: [], lowerQuantile: 0.9, upperQuantile: 0.1 }] },
      'steps[0]',
      'lowerQuantile',
    ],
    [
      'a quantile above 1',
      { steps: [{ kind: 'clip', columns: [], upperQuantile: 99 }] },
      'steps[0].upperQuantile',
      'between 0 and 1',
    ],
    [
      'no category at most',
      { steps: [{ kind: 'one_hot', columns: [], maxCategories: 0 }] },
      'steps[0].maxCategories',
      'at least 1',
    ],
    [
      'half a category',
      { steps: [{ kind: 'one_hot', columns: [], maxCategories: 2.5 }] },
      'steps[0].maxCategories',
      'whole number',
    ],
    [
      'names with a number for unknown',
      { steps: [{ kind: 'ordinal_encode', columns: [], output: 'categorical', unknown: -1 }] },
      'steps[0]',
      'categorical',
    ],
  ])('throws PREPROCESS_SPEC_INVALID on %s, saying where and what', (_what, json, path, hint) => {
    expect(() => parseRecipeSpec(json)).toThrow(
      expect.objectContaining({
        code: 'PREPROCESS_SPEC_INVALID',
        path,
        message: expect.stringContaining(hint) as string,
      }),
    );
  });
});
