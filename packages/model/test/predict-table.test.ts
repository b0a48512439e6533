import { createTable, takeRows } from '@gnu-mlops/core';
import { transformTable } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import type { Model } from '../src/model.ts';
import { createScorer, predictTable } from '../src/predict-table.ts';
import type { ClassPredictions } from '../src/predictions.ts';
import { scoreReference } from '../src/score-reference.ts';
import {
  rawLinear,
  tinyCustomers,
  tinyForest,
  tinyLogistic,
  tinyModels,
} from './fixtures/tiny-models.ts';

describe('predictTable', () => {
  it.each(tinyModels())('scores what the recipe makes of each row, for %s', (_, model) => {
    const table = tinyCustomers();
    const expected = scoreReference(model.estimator, transformTable(table, model.recipe));
    const predictions = predictTable(model, table);
    expect(predictions.rowCount).toBe(6);
    const outputs =
      predictions.task === 'classification' ? predictions.probabilities : predictions.values;
    expect(outputs).toEqual(expected);
  });

  it.each([
    tinyForest(),
    tinyForest(['a', 'b', 'c']),
    tinyLogistic(),
    tinyLogistic(['a', 'b', 'c']),
  ])('gives probabilities that sum to 1 and names the most probable class', (model) => {
    const { classes, labels, probabilities } = predictTable(
      model,
      tinyCustomers(),
    ) as ClassPredictions;
    expect(classes).toEqual(model.target.classes);
    for (let row = 0; row < 6; row++) {
      const ofRow = [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)];
      expect(ofRow.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(labels[row]).toBe(ofRow.indexOf(Math.max(...ofRow)));
    }
  });

  it('takes the first of equally probable classes', () => {
    const model = tinyLogistic(['a', 'b', 'c']);
    const zeros = (values: Float64Array) => values.map(() => 0);
    const { estimator } = model;
    if (estimator.kind !== 'linear') throw new Error('the fixture is linear');
    const undecided: Model = {
      ...model,
      estimator: {
        ...estimator,
        coefficients: zeros(estimator.coefficients),
        intercepts: zeros(estimator.intercepts),
      },
    };
    const { labels } = predictTable(undecided, tinyCustomers()) as ClassPredictions;
    expect([...labels]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('scores a row alone as among others, and a table without rows', () => {
    const score = createScorer(tinyForest());
    const together = score(tinyCustomers()) as ClassPredictions;
    for (let row = 0; row < 6; row++) {
      const alone = score(takeRows(tinyCustomers(), [row])) as ClassPredictions;
      expect([...alone.probabilities]).toEqual([
        ...together.probabilities.slice(row * 2, row * 2 + 2),
      ]);
    }
    const none = score(takeRows(tinyCustomers(), [])) as ClassPredictions;
    expect(none).toMatchObject({ rowCount: 0, labels: new Int32Array(0) });
  });

  it('leaves many rows as they were, and scores them as often as asked', () => {
    const table = takeRows(
      tinyCustomers(),
      Array.from({ length: 3000 }, (_, row) => row % 6),
    );
    for (const [, model] of tinyModels()) {
      const score = createScorer(model);
      const before = structuredClone(table.columns);
      expect(score(table)).toEqual(score(table));
      expect(table.columns).toEqual(before);
    }
  });

  it('throws TABLE_COLUMN_NOT_FOUND when the table lacks an input', () => {
    const [, ...others] = tinyCustomers().columns;
    expect(() => predictTable(tinyForest(), createTable(others))).toThrow(
      expect.objectContaining({ code: 'TABLE_COLUMN_NOT_FOUND', column: 'tenure' }),
    );
  });

  it('throws MODEL_SCORE_NOT_FINITE naming the row and the feature that a sum cannot take', () => {
    const table = createTable([['x', { kind: 'numeric', values: Float64Array.of(1, 2, NaN, 4) }]]);
    expect(() => predictTable(rawLinear(), table)).toThrow(
      expect.objectContaining({
        code: 'MODEL_SCORE_NOT_FINITE',
        row: 2,
        message: expect.stringMatching(/^Row 3 .*"x"/),
      }),
    );
  });

  it('throws MODEL_SCORE_NOT_FINITE when finite values add up to an infinite one', () => {
    const table = createTable([['x', { kind: 'numeric', values: Float64Array.of(1.7e308) }]]);
    expect(() => predictTable(rawLinear(), table)).toThrow(/Row 1 .*too large to add up/);
  });

  it('throws MODEL_INVALID for a model whose parts do not fit together', () => {
    const model = tinyForest();
    expect(() => createScorer({ ...model, target: { name: 'churned' } })).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: 'target.classes' }),
    );
  });
});
