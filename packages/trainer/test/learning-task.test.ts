import { createColumnBuilder, createRandom, createTable } from '@gnu-mlops/core';
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
