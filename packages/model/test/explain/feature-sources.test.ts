import { createColumnBuilder, createTable } from '@gnu-mlops/core';
import { type RecipeSpec, defaultRecipeSpec, fitRecipe } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { featureSources } from '../../src/explain/feature-sources.ts';
import { sumByColumn } from '../../src/explain/sum-by-column.ts';
import { tinyCustomers } from '../fixtures/tiny-models.ts';

function sourceByFeature(spec: RecipeSpec, table = tinyCustomers()): Record<string, string> {
  const recipe = fitRecipe(table, spec);
  const sources = featureSources(recipe);
  return Object.fromEntries(
    recipe.features.map(({ name }, i) => [
      name,
      sources[i]!.map((input) => recipe.inputs[input]!.name).join(' & '),
    ]),
  );
}

describe('featureSources', () => {
  it('finds the raw column of one-hot, scaled and indicator features', () => {
    const spec = defaultRecipeSpec(tinyCustomers(), { for: 'linear' });
    expect(sourceByFeature(spec)).toEqual({
      tenure: 'tenure',
      'tenure=(missing)': 'tenure',
      'plan=monthly': 'plan',
      'plan=yearly': 'plan',
      'plan=(missing)': 'plan',
      autopay: 'autopay',
      'autopay=(missing)': 'autopay',
      since: 'since',
    });
  });

  it('follows names through booleans made one-hot, dropped columns and later steps', () => {
    const spec: RecipeSpec = {
      steps: [
        { kind: 'one_hot', columns: ['autopay'] },
        { kind: 'one_hot', columns: ['plan'], maxCategories: 2 },
        { kind: 'drop', columns: ['autopay=false', 'since'] },
        { kind: 'min_max_scale', columns: ['tenure', 'autopay=true'] },
      ],
    };
    expect(sourceByFeature(spec)).toEqual({
      tenure: 'tenure',
      'plan=monthly': 'plan',
      'plan=(other)': 'plan',
      'autopay=true': 'autopay',
      'autopay=(missing)': 'autopay',
    });
  });

  it('is not misled by categories that read like other names', () => {
    const plan = createColumnBuilder({ name: 'plan', type: 'string' });
    for (const value of ['(missing)', 'a=b', null, '(missing)', 'a=b']) plan.appendValue(value);
    const table = createTable([['plan', plan.finish()]]);
    const spec: RecipeSpec = { steps: [{ kind: 'one_hot', columns: ['plan'] }] };
    expect(sourceByFeature(spec, table)).toEqual({
      'plan=(missing)': 'plan',
      'plan=a=b': 'plan',
      'plan=(missing)*': 'plan',
    });
  });

  it('names every column that a derived one is computed from', () => {
    const tree = { call: 'divide', of: [{ column: 'since' }, { column: 'tenure' }] } as const;
    const spec: RecipeSpec = {
      steps: [
        { kind: 'select', columns: ['tenure', 'since'] },
        { kind: 'derive', columns: { age: tree } },
        { kind: 'standard_scale', columns: ['age'] },
      ],
    };
    expect(sourceByFeature(spec)).toEqual({
      tenure: 'tenure',
      since: 'since',
      age: 'tenure & since',
    });
    expect(sumByColumn(fitRecipe(tinyCustomers(), spec), [0.1, 0.2, 0.7])).toEqual([
      { column: 'since', importance: expect.closeTo(0.55) },
      { column: 'tenure', importance: expect.closeTo(0.45) },
    ]);
  });

  it('throws MODEL_INVALID when steps and features contradict each other', () => {
    const recipe = fitRecipe(tinyCustomers(), { steps: [{ kind: 'drop', columns: ['plan'] }] });
    const features = recipe.features.slice(1);
    expect(() => featureSources({ ...recipe, features })).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: 'recipe.features' }),
    );
  });
});

describe('sumByColumn', () => {
  it('adds up by raw column and puts the greatest first', () => {
    const spec = defaultRecipeSpec(tinyCustomers(), { for: 'trees' });
    const recipe = fitRecipe(tinyCustomers(), spec);
    const importances = recipe.features.map(({ name }) => (name.startsWith('plan=') ? 0.25 : 0.1));
    expect(sumByColumn(recipe, importances)).toEqual([
      { column: 'plan', importance: 0.75 },
      { column: 'tenure', importance: 0.1 },
      { column: 'autopay', importance: 0.1 },
      { column: 'since', importance: 0.1 },
    ]);
  });
});
