import { createTable, dropColumns } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { permutationImportance } from '../../src/explain/permutation-importance.ts';
import { amountModel, thresholdModel, thresholdTable } from './threshold-model.ts';

describe('permutationImportance', () => {
  it('finds the column that a classifier needs, and 0 for the one it does not look at', () => {
    const options = { seed: 1, repeats: 20 };
    const report = permutationImportance(thresholdModel(), thresholdTable(), options);
    expect(report).toMatchObject({ metric: 'roc_auc', baseline: 1 });
    expect(report.columns.map(({ column }) => column)).toEqual(['x', 'noise']);
    const [x, noise] = report.columns;
    expect(x!.losses).toHaveLength(20);
    expect(x!.importance).toBeGreaterThan(0.2);
    expect(noise!.losses.every((loss) => loss === 0)).toBe(true);
    expect(noise).toMatchObject({ importance: 0, deviation: 0 });
  });

  it('counts a loss as positive where lower figures are better', () => {
    const options = { seed: 1, metric: 'rmse' } as const;
    const report = permutationImportance(amountModel(), thresholdTable(), options);
    expect(report.baseline).toBeCloseTo(5, 12);
    expect(report.columns.find(({ column }) => column === 'x')!.importance).toBeGreaterThan(0);
  });

  it('gives mean and deviation of the losses', () => {
    const { columns } = permutationImportance(amountModel(), thresholdTable(), { seed: 3 });
    for (const { losses, importance, deviation } of columns) {
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / 5;
      const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 5;
      expect(importance).toBeCloseTo(mean, 12);
      expect(deviation).toBeCloseTo(Math.sqrt(variance), 12);
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const run = (seed: number) => permutationImportance(amountModel(), thresholdTable(), { seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('throws MODEL_EXPLAIN_OPTION for settings that make no sense', () => {
    const wrong = (option: string) =>
      expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option });
    const model = thresholdModel();
    const table = thresholdTable();
    expect(() => permutationImportance(model, table, { seed: 1, metric: 'rmse' })).toThrow(
      wrong('metric'),
    );
    expect(() => permutationImportance(model, table, { seed: 1, repeats: 0 })).toThrow(
      wrong('repeats'),
    );
    const maybe = { kind: 'text', values: new Array<string>(8).fill('maybe') } as const;
    const unknown = createTable(new Map(table.columns).set('big', maybe));
    expect(() => permutationImportance(model, unknown, { seed: 1 })).toThrow(wrong('table'));
  });

  it('throws TABLE_COLUMN_NOT_FOUND for a table without the target', () => {
    const table = dropColumns(thresholdTable(), ['big']);
    expect(() => permutationImportance(thresholdModel(), table, { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'TABLE_COLUMN_NOT_FOUND', column: 'big' }),
    );
  });
});
