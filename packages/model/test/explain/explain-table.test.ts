import { createTable, takeRows } from '@gnu-mlops/core';
import { transformTable } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import type { TreeEnsemble } from '../../src/estimator.ts';
import { createExplainer } from '../../src/explain/create-explainer.ts';
import { explainRow } from '../../src/explain/explain-row.ts';
import { createTableExplainer, explainTable } from '../../src/explain/explain-table.ts';
import { scoreReference } from '../../src/score-reference.ts';
import { calibrated } from '../fixtures/calibrated-models.ts';
import {
  explainableModels,
  rawLinear,
  tinyBoostedRegression,
  tinyCustomers,
  tinyForest,
  tinyLogistic,
  tinyNetwork,
  tinyStack,
  tinyVoting,
} from '../fixtures/tiny-models.ts';

describe('explainTable', () => {
  it('explains the scores before a calibration, and says so', () => {
    const forest = tinyForest();
    const table = tinyCustomers();
    const { before, ...explanation } = explainTable(calibrated(forest, 'sigmoid'), table);
    expect(before).toBe('calibration');
    expect(explanation).toEqual(explainTable(forest, table));
    const row = explainRow({ ...explanation, before: 'calibration' }, 0, { output: 'yes' });
    expect(row).toMatchObject({ before: 'calibration', space: 'probability' });
  });

  it.each(explainableModels())('adds up to the score before the link for %s', (_, model) => {
    const table = tinyCustomers();
    const explanation = explainTable(model, table);
    const { columns, outputs, baseValues, contributions } = explanation;
    const raw = scoreReference(
      { ...model.estimator, link: 'identity' },
      transformTable(table, model.recipe),
    );
    expect(explanation.rowCount).toBe(6);
    expect(columns).toEqual(['tenure', 'plan', 'autopay', 'since']);
    raw.forEach((score, at) => {
      const row = Math.floor(at / outputs.length);
      const k = at % outputs.length;
      const sum = columns.reduce(
        (total, __, c) => total + contributions[(row * columns.length + c) * outputs.length + k]!,
        baseValues[k]!,
      );
      expect(Math.abs(sum - score)).toBeLessThan(1e-9);
    });
  });

  it.each([
    ['a network', tinyNetwork(), 'a neural network is no sum'],
    ['a vote of probabilities behind links', tinyVoting(), 'member 1'],
    ['a stack', tinyStack(), 'its final estimator'],
  ])('refuses %s and names permutationImportance', (_, model, reason) => {
    const explain = () => explainTable(model, tinyCustomers());
    expect(explain).toThrow(expect.objectContaining({ code: 'MODEL_EXPLAIN_UNSUPPORTED' }));
    expect(explain).toThrow(reason);
    expect(explain).toThrow('permutationImportance');
  });

  it('names outputs and the space of the scores', () => {
    const say = (model: Parameters<typeof explainTable>[0]) => {
      const { outputs, opposite, space } = explainTable(model, tinyCustomers());
      return [space, outputs, opposite];
    };
    expect(say(tinyForest())).toEqual(['probability', ['no', 'yes'], undefined]);
    expect(say(tinyLogistic())).toEqual(['log_odds', ['yes'], 'no']);
    expect(say(tinyLogistic(['a', 'b', 'c']))).toEqual(['log_weight', ['a', 'b', 'c'], undefined]);
    expect(say(tinyBoostedRegression())).toEqual(['target', ['bill'], undefined]);
    const counts = tinyBoostedRegression();
    const estimator = { ...counts.estimator, link: 'exponential' } as TreeEnsemble;
    expect(say({ ...counts, estimator })).toEqual(['log_target', ['bill'], undefined]);
  });

  it('adds the features of a raw column up', () => {
    const model = tinyForest();
    const matrix = transformTable(tinyCustomers(), model.recipe);
    const { contributions } = createExplainer(model.estimator)(matrix);
    const byColumn = explainTable(model, tinyCustomers()).contributions;
    const planFeatures = matrix.features.flatMap(({ name }, f) =>
      name.startsWith('plan=') ? [f] : [],
    );
    expect(planFeatures.length).toBe(3);
    const planOfFirstRow = planFeatures.reduce((sum, f) => sum + contributions[f * 2]!, 0);
    expect(byColumn[1 * 2]).toBeCloseTo(planOfFirstRow, 12);
  });

  it('compares a linear model with the rows that it is given', () => {
    const table = createTable([['x', { kind: 'numeric', values: Float64Array.of(4, 6) }]]);
    const explanation = explainTable(rawLinear(), table, { background: table });
    expect([...explanation.baseValues]).toEqual([11]);
    expect([...explanation.contributions]).toEqual([-2, 2]);
  });

  it('explains a row alone as among others', () => {
    const explain = createTableExplainer(tinyForest(['a', 'b', 'c']));
    const together = explain(tinyCustomers()).contributions;
    const alone = explain(takeRows(tinyCustomers(), [2])).contributions;
    expect(alone).toEqual(together.slice(2 * 4 * 3, 3 * 4 * 3));
  });

  it('throws MODEL_SCORE_NOT_FINITE naming row and feature', () => {
    const table = createTable([['x', { kind: 'numeric', values: Float64Array.of(1, NaN) }]]);
    expect(() => explainTable(rawLinear(), table)).toThrow(
      expect.objectContaining({
        code: 'MODEL_SCORE_NOT_FINITE',
        row: 1,
        message: expect.stringContaining('"x"'),
      }),
    );
  });
});

describe('explainRow', () => {
  const explanation = {
    rowCount: 2,
    columns: ['a', 'b', 'c'],
    outputs: ['yes'],
    opposite: 'no',
    space: 'log_odds',
    baseValues: Float64Array.of(0.5),
    contributions: Float64Array.of(0, 0, 0, 1, -4, 2),
  } as const;

  it('lists the strongest columns first and sums up the others', () => {
    expect(explainRow(explanation, 1, { output: 'yes', top: 2 })).toEqual({
      output: 'yes',
      space: 'log_odds',
      baseValue: 0.5,
      contributions: [
        { column: 'b', contribution: -4 },
        { column: 'c', contribution: 2 },
      ],
      otherContributions: 1,
      score: -0.5,
    });
  });

  it('turns the signs for the first of two classes', () => {
    expect(explainRow(explanation, 1, { output: 'no', top: 1 })).toMatchObject({
      baseValue: -0.5,
      contributions: [{ column: 'b', contribution: 4 }],
      otherContributions: -3,
      score: 0.5,
    });
  });

  it('throws MODEL_EXPLAIN_OPTION naming the nearest output, and for a top that is no count', () => {
    expect(() => explainRow(explanation, 0, { output: 'Yes' })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option: 'output' }),
    );
    expect(() => explainRow(explanation, 0, { output: 'yes', top: -1 })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option: 'top' }),
    );
  });
});
