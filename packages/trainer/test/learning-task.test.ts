import { type Column, createColumnBuilder, createRandom, createTable } from '@gnu-mlops/core';
import { type RecipeSpec, splitTrainTest } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { trainModel } from '../src/train-model.ts';

/** A noisy signal, and codes of four rows each that say nothing. */
function codedTable(rowCount: number) {
  const random = createRandom(5);
  const signal = createColumnBuilder({ name: 'signal', type: 'double' });
  const code = createColumnBuilder({ name: 'code', type: 'string' });
  const left = createColumnBuilder({ name: 'left', type: 'string' });
  for (let row = 0; row < rowCount; row++) {
    const value = random.nextNormal();
    signal.appendValue(value);
    code.appendValue(`code ${random.nextInt(rowCount / 4)}`);
    left.appendValue(value + random.nextNormal() > 0 ? 'yes' : 'no');
  }
  return createTable([
    ['signal', signal.finish()],
    ['code', code.finish()],
    ['left', left.finish()],
  ]);
}

describe('a training with a step that learns from the target', () => {
  it("does not show the estimator a row's own target", async () => {
    const { report } = await trainModel({
      table: codedTable(800),
      target: 'left',
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 30, max_depth: 4 },
      recipe: { steps: [{ kind: 'target_encode', columns: ['code'] }] },
      testSize: 0.25,
      folds: 0,
      seed: 42,
    });
    const [first, second] = report.featureImportances;
    expect(first!.feature).toBe('signal');
    expect(second!.importance).toBeLessThan(0.3);
    expect(report.metrics['roc_auc']).toBeGreaterThan(0.75);
  });
});

describe('an error about a row', () => {
  const rowCount = 60;
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 2);
  const split = splitTrainTest({ rowCount, labels, testSize: 0.25, seed: 1 });

  it.each([
    {
      what: 'that a step cannot take',
      row: split.train.at(-1)!,
      odd: { kind: 'numeric', values: new Float64Array(rowCount) } as const,
      recipe: { steps: [{ kind: 'log1p', columns: ['odd'] }] } as RecipeSpec,
      cell: -5,
    },
    {
      what: 'that an algorithm cannot take',
      row: split.train.at(-1)!,
      odd: { kind: 'numeric', values: new Float64Array(rowCount) } as const,
      recipe: { steps: [] } as RecipeSpec,
      cell: Infinity,
    },
    {
      what: 'that is held out and has an unknown category',
      row: split.test.at(-1)!,
      odd: { kind: 'integer', values: new Float64Array(rowCount) } as const,
      recipe: { steps: [{ kind: 'one_hot', columns: ['odd'] }] } as RecipeSpec,
      cell: 7,
    },
  ])('names the row of the table $what', async ({ row, odd, recipe, cell }) => {
    odd.values[row] = cell;
    const table = createTable([
      ['odd', odd],
      ['x', { kind: 'numeric', values: Float64Array.from(labels, (label, i) => label + (i % 7)) }],
      ['y', { kind: 'integer', values: Float64Array.from(labels) } satisfies Column],
    ]);
    const training = trainModel({
      table,
      target: 'y',
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 2 },
      recipe,
      testSize: 0.25,
      folds: 0,
      seed: 1,
    });
    await expect(training).rejects.toThrow(new RegExp(`\\brow ${row + 1}\\b`, 'i'));
  });
});
