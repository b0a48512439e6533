import { STEP_KIND_NAMES, parseConfig } from '@gnu-mlops/core/config';
import { STEP_KINDS } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { recipeSettings } from '../src/recipe-settings.ts';

const configured = (steps: string) =>
  recipeSettings(parseConfig(`preprocessing: { steps: ${steps} }`));

describe('recipeSettings', () => {
  it('leaves the recipe to the algorithm where none is configured', () => {
    expect(recipeSettings(parseConfig(''))).toBeUndefined();
  });

  it("takes the steps in order, settings in the configuration's spelling", () => {
    expect(
      configured(`[
        { kind: impute, columns: [age], strategy: median, indicator: true },
        { kind: derive, columns: { per_month: 'total / max(months, 1)' } },
        { kind: one_hot, columns: { kinds: [text], except: [note] }, max_categories: 8 },
      ]`),
    ).toEqual({
      steps: [
        { kind: 'impute', columns: ['age'], strategy: 'median', indicator: true },
        { kind: 'derive', columns: { per_month: 'total / max(months, 1)' } },
        { kind: 'one_hot', columns: { kinds: ['text'], except: ['note'] }, maxCategories: 8 },
      ],
    });
  });

  it.each([
    ['[{ kind: one_hott, columns: [a] }]', 'CONFIG_INVALID_VALUE', '"one_hot"'],
    ['[{ kind: one_hot, columns: [a], unknwon: ignore }]', 'PREPROCESS_SPEC_INVALID', '"unknown"'],
    ['[{ kind: one_hot, columns: [a], unknown: ignor }]', 'PREPROCESS_SPEC_INVALID', '"ignore"'],
    ['[{ kind: one_hot, columns: { kinds: [txt] } }]', 'PREPROCESS_SPEC_INVALID', '"text"'],
    [
      '[{ kind: one_hot, columns: [a], max_categorie: 8 }]',
      'PREPROCESS_SPEC_INVALID',
      '"max_categorie". Did you mean "max_categories"?',
    ],
    [
      '[{ kind: one_hot, columns: [a], maxCategories: 0 }]',
      'PREPROCESS_SPEC_INVALID',
      'steps[0].max_categories: it must be a whole number',
    ],
    [
      '[{ kind: clip, columns: [a] }]',
      'PREPROCESS_SPEC_INVALID',
      'minimum or lower_quantile, maximum or upper_quantile',
    ],
    [
      '[{ kind: clip, columns: [a], lower_quantile: 0.9, upper_quantile: 0.1 }]',
      'PREPROCESS_SPEC_INVALID',
      'lower_quantile must not be above upper_quantile',
    ],
    [
      '[{ kind: group_rare, columns: [a] }]',
      'PREPROCESS_SPEC_INVALID',
      'min_rows, min_share or max_categories',
    ],
    ['[{ kind: robust_scale, columns: [a], quantiles: [1, 0] }]', 'PREPROCESS_SPEC_INVALID', '[0]'],
  ])('refuses %s with %s, naming what is near', (steps, code, hint) => {
    expect(() => configured(steps)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(hint) }),
    );
  });

  it('leaves the names of columns as they are', () => {
    const steps = [
      { kind: 'derive', columns: { perMonth: 'totalPrice / 2' } },
      { kind: 'keep_important', columns: ['perMonth'], scores: { perMonth: 1 }, top: 1 },
    ];
    expect(configured(JSON.stringify(steps))).toEqual({ steps });
  });

  it('knows the same steps as the configuration', () => {
    expect([...STEP_KIND_NAMES]).toEqual(STEP_KINDS);
  });
});
