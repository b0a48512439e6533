import { describe, expect, it } from 'vitest';
import type { Model } from '@gnu-mlops/model';
import { assembleForest } from '@gnu-mlops/model';
import { fitRecipe } from '@gnu-mlops/preprocess';
import { createPredictor } from '../src/index.ts';
import { churnModel, customers, regressionModel } from './small-models.ts';

const tenth = { tenure: 10, contract: 'month' };

/** Half of the customers have paid by month; they leave in 3 of 4 cases, the others in 1 of 4. */
function churnForest(cover = [100, 50, 50]): Model {
  const stump = {
    splitFeature: Int32Array.of(1, -1, -1),
    threshold: Float64Array.of(0.5, 0, 0),
    leftChild: Int32Array.of(1, 0, 0),
    rightChild: Int32Array.of(2, 0, 0),
    missingLeft: new Uint8Array(3),
    leafIndex: Int32Array.of(-1, 0, 1),
    leafValues: Float64Array.of(0.75, 0.25, 0.25, 0.75),
    cover: Float64Array.from(cover),
  };
  const estimator = assembleForest([stump], { outputCount: 2, aggregation: 'mean' });
  return { ...churnModel(), estimator };
}

describe('explain', () => {
  it('gives the prediction and what each raw column adds to the log odds of its class', () => {
    const predictor = createPredictor(churnModel({ bias: 0.5 }));
    const [explained] = predictor.explain(tenth);
    const { explanation, ...prediction } = explained!;
    expect([prediction]).toEqual(predictor.predict(tenth));
    expect(explanation).toEqual({
      output: 'yes',
      space: 'log_odds',
      baseValue: 0.5,
      contributions: [
        { column: 'tenure', contribution: 1 },
        { column: 'contract', contribution: 1 },
      ],
      otherContributions: 0,
      score: 2.5,
    });
  });

  it('turns the signs for the first class, which is explained where it is predicted', () => {
    const [explained] = createPredictor(churnModel()).explain({ tenure: -30, contract: 'month' });
    expect(explained!.explanation).toMatchObject({
      output: 'no',
      contributions: [
        { column: 'tenure', contribution: expect.closeTo(3, 12) },
        { column: 'contract', contribution: -1 },
      ],
      score: expect.closeTo(2, 12),
    });
  });

  it('explains the class that is asked for, and lists no more columns than asked for', () => {
    const predictor = createPredictor(churnForest());
    const [explained] = predictor.explain(tenth, { className: 'no', top: 1 });
    expect(explained!.prediction).toBe('yes');
    expect(explained!.explanation).toEqual({
      output: 'no',
      space: 'probability',
      baseValue: 0.5,
      contributions: [{ column: 'contract', contribution: expect.closeTo(-0.25, 12) }],
      otherContributions: 0,
      score: expect.closeTo(0.25, 12),
    });
    const [none] = predictor.explain(tenth, { top: 0 });
    expect(none!.explanation).toMatchObject({
      contributions: [],
      otherContributions: expect.closeTo(0.25, 12),
    });
  });

  it('explains many rows as one by one, in input order, whatever the form', () => {
    const predictor = createPredictor(churnForest());
    const rows = ['month', 'year', null, 'decade'].map((contract) => ({ tenure: 1, contract }));
    const together = predictor.explain(rows);
    expect(together).toEqual(rows.flatMap((row) => predictor.explain(row)));
    expect(predictor.explain({ dataframe_records: rows })).toEqual(together);
    expect(predictor.explain([])).toEqual([]);
  });

  it('explains numbers in their own unit', () => {
    const [explained] = createPredictor(regressionModel()).explain({ tenure: 4 });
    expect(explained).toEqual({
      prediction: 13,
      explanation: {
        output: 'spend',
        space: 'target',
        baseValue: 5,
        contributions: [{ column: 'tenure', contribution: 8 }],
        otherContributions: 0,
        score: 13,
      },
    });
  });

  it('throws what predict throws', () => {
    const strict = createPredictor(churnModel(), { onExtraField: 'error' });
    expect(() => strict.explain({ tenure: 1 })).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FEATURE_MISSING', column: 'contract' }),
    );
    expect(() => strict.explain({ ...tenth, tenur: 1 })).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FIELD_UNKNOWN', column: 'tenur' }),
    );
    strict.close();
    expect(() => strict.explain(tenth)).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_CLOSED' }),
    );
  });

  it.each([
    ['PREDICTOR_INPUT_INVALID', [tenth, 7]],
    ['PREDICTOR_INPUT_INVALID', { columns: ['tenure'], data: [[1], []] }],
    ['PREDICTOR_FIELD_UNKNOWN', [tenth, { ...tenth, tenur: 1 }]],
    ['PREDICTOR_FEATURE_MISSING', { dataframe_records: [tenth, { tenure: 1 }] }],
    ['PREDICTOR_VALUE_INVALID', [tenth, { ...tenth, tenure: 'ten' }]],
    ['PREPROCESS_CATEGORY_UNKNOWN', [tenth, { ...tenth, contract: 'decade' }]],
    ['MODEL_SCORE_NOT_FINITE', [tenth, { ...tenth, tenure: 'Infinity' }]],
  ])('counts rows in %s from the first of all rows', (code, input) => {
    const recipe = fitRecipe(customers, {
      steps: [
        { kind: 'impute', columns: ['tenure'], strategy: 'mean' },
        { kind: 'one_hot', columns: ['contract'] },
      ],
    });
    const options = { onExtraField: 'error' } as const;
    const strict = createPredictor({ ...churnModel(), recipe }, options);
    const thrownBy = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    expect(thrownBy(() => strict.explain(input as never))).toMatchObject({ code, row: 1 });
    expect(thrownBy(() => strict.explain(input as never, { firstRow: 20_000 }))).toMatchObject({
      code,
      row: 20_001,
      message: expect.stringMatching(/^Row 20002\b/) as string,
    });
  });

  it('throws MODEL_EXPLAIN_OPTION for an unknown class and for a top that is no count', () => {
    const predictor = createPredictor(churnModel());
    expect(() => predictor.explain(tenth, { className: 'yess' })).toThrow(
      expect.objectContaining({
        code: 'MODEL_EXPLAIN_OPTION',
        message: expect.stringContaining('"yes"'),
      }),
    );
    expect(() => predictor.explain(tenth, { top: 1.5 })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPLAIN_OPTION', option: 'top' }),
    );
  });

  it('predicts with trees without cover, and says that it cannot explain them', () => {
    const predictor = createPredictor(churnForest([0, 0, 0]));
    expect(predictor.predict(tenth)).toHaveLength(1);
    expect(() => predictor.explain(tenth)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', where: 'estimator.cover' }),
    );
  });
});
