import { createTable, takeRows } from '@gnu-mlops/core';
import { type ClassPredictions, formatModel } from '@gnu-mlops/model';
import { fitRecipe } from '@gnu-mlops/preprocess';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPredictor, createPredictorFromBytes } from '../src/index.ts';
import { churnModel, customers, regressionModel } from './small-models.ts';

const logistic = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
const tenth = { tenure: 10, contract: 'month' };

describe('createPredictor', () => {
  const predictor = createPredictor(churnModel());

  it('gives class, its probability and all probabilities for one object', () => {
    const [prediction] = predictor.predict(tenth);
    expect(prediction).toEqual({
      prediction: 'yes',
      probability: expect.closeTo(logistic(2), 12),
      probabilities: { no: expect.closeTo(logistic(-2), 12), yes: expect.closeTo(logistic(2), 12) },
    });
    expect(Object.keys(prediction!.probabilities!)).toEqual(['no', 'yes']);
  });

  it('gives one prediction a row, in input order, whatever the form', () => {
    const tenures = [-50, 10, -30, 40];
    const records = tenures.map((tenure) => ({ contract: 'year', tenure, id: tenure }));
    const split = {
      columns: ['contract', 'id', 'tenure'],
      data: tenures.map((tenure) => ['year', 0, tenure]),
    };
    const expected = ['no', 'yes', 'no', 'yes'];
    const labels = (input: Parameters<typeof predictor.predict>[0]) =>
      predictor.predict(input).map(({ prediction }) => prediction);
    expect(labels(records)).toEqual(expected);
    expect(labels(split)).toEqual(expected);
    expect(labels({ dataframe_split: split })).toEqual(expected);
    expect(labels({ dataframe_records: records })).toEqual(expected);
  });

  it('preprocesses as in training: missing numbers get the mean, unknown categories count for none', () => {
    const [prediction] = predictor.predict({ tenure: null, contract: 'decade' });
    expect(prediction!.probability).toBeCloseTo(logistic(1.1), 12);
  });

  it.each([[[]], [{ columns: ['tenure'], data: [] }], [{ dataframe_records: [] }]])(
    'gives no predictions for %j',
    (input) => {
      expect(predictor.predict(input)).toEqual([]);
    },
  );

  it('gives a number and nothing else for regression', () => {
    expect(createPredictor(regressionModel()).predict([{ tenure: 4 }, { tenure: '0.5' }])).toEqual([
      { prediction: 13 },
      { prediction: 6 },
    ]);
  });

  it('keeps labels text, also those that look like numbers or belong to all objects', () => {
    const numbers = createPredictor(churnModel({ classes: ['0', '1'] }));
    expect(numbers.predict(tenth)[0]!.prediction).toBe('1');
    const odd = createPredictor(churnModel({ classes: ['__proto__', 'constructor'] }));
    const [{ prediction, probabilities }] = odd.predict(tenth) as [
      { prediction: string; probabilities: object },
    ];
    expect(prediction).toBe('constructor');
    expect(Object.entries(probabilities)).toEqual([
      ['__proto__', expect.closeTo(logistic(-2), 12)],
      ['constructor', expect.closeTo(logistic(2), 12)],
    ]);
  });

  it('predicts a row alone as among others', () => {
    const row = fc.record({
      tenure: fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(null)),
      contract: fc.constantFrom('month', 'year', 'decade', null),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        expect(predictor.predict(rows)).toEqual(rows.flatMap((one) => predictor.predict(one)));
      }),
    );
  });

  it('predicts 100,000 rows', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => ({ ...tenth, tenure: i - 50_000 }));
    const predictions = predictor.predict(rows);
    expect(predictions).toHaveLength(100_000);
    expect([predictions[0]!.prediction, predictions.at(-1)!.prediction]).toEqual(['no', 'yes']);
  });

  it('throws the error of the first row at fault and predicts none', () => {
    expect(() => predictor.predict([tenth, { ...tenth, tenure: 'ten' }])).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_VALUE_INVALID', row: 1, column: 'tenure' }),
    );
    expect(() => predictor.predict([tenth, { tenure: 1 }])).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FEATURE_MISSING', row: 1, column: 'contract' }),
    );
  });

  it('ignores fields that the model does not know, and refuses them when told to', () => {
    const row = { ...tenth, tenur: 3 };
    expect(predictor.predict(row)).toEqual(predictor.predict(tenth));
    const strict = createPredictor(churnModel(), { onExtraField: 'error' });
    expect(() => strict.predict(row)).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FIELD_UNKNOWN', column: 'tenur', row: 0 }),
    );
    expect(strict.predict(tenth)).toEqual(predictor.predict(tenth));
  });

  it('predicts tables as it predicts rows', () => {
    const table = takeRows(customers, [2, 0]);
    const predictions = predictor.predictTable(table) as ClassPredictions;
    expect(predictions.rowCount).toBe(2);
    expect(predictions.classes).toEqual(['no', 'yes']);
    const rows = predictor.predict([
      { tenure: 30, contract: 'year' },
      { tenure: 1, contract: 'month' },
    ]);
    expect(Array.from(predictions.probabilities)).toEqual(
      rows.flatMap(({ probabilities }) => Object.values(probabilities!)),
    );
  });

  it('predicts an empty table', () => {
    expect(predictor.predictTable(takeRows(customers, [])).rowCount).toBe(0);
  });

  it('throws PREDICTOR_FEATURE_MISSING for a table without a column', () => {
    expect(() => predictor.predictTable(createTable([], 3))).toThrow(
      expect.objectContaining({ code: 'PREDICTOR_FEATURE_MISSING', column: 'tenure' }),
    );
  });

  describe('errors about a row of a table that is a part', () => {
    const firstRow = 20_000;
    const contract = (...values: string[]) => ['contract', { kind: 'text', values }] as const;
    const numbers = (name: string, ...values: number[]) =>
      [name, { kind: 'numeric', values: Float64Array.from(values) }] as const;

    it('count an unknown category from the first of all rows', () => {
      const recipe = fitRecipe(customers, {
        steps: [
          { kind: 'impute', columns: ['tenure'], strategy: 'mean' },
          { kind: 'one_hot', columns: ['contract'] },
        ],
      });
      const strict = createPredictor({ ...churnModel(), recipe });
      const table = createTable([numbers('tenure', 1, 2), contract('month', 'decade')]);
      const thrown = { code: 'PREPROCESS_CATEGORY_UNKNOWN', row: 20_001, category: 'decade' };
      expect(() => strict.predictTable(table, { firstRow })).toThrow(
        expect.objectContaining({ ...thrown, message: expect.stringMatching(/^Row 20002, /) }),
      );
      expect(() => strict.snapshot().predictTable(table)).toThrow(
        expect.objectContaining({ ...thrown, row: 1 }),
      );
    });

    it('count a score that is no number from the first of all rows, and say why', () => {
      const table = createTable([numbers('tenure', 1, 2, Infinity)]);
      expect(() => createPredictor(regressionModel()).predictTable(table, { firstRow })).toThrow(
        expect.objectContaining({
          code: 'MODEL_SCORE_NOT_FINITE',
          row: 20_002,
          message: expect.stringMatching(/^Row 20003 .*"tenure"/),
        }),
      );
    });

    it('count a value of another type from the first of all rows', () => {
      const tenure = ['tenure', { kind: 'text', values: ['1', 'ten'] }] as const;
      const table = createTable([tenure, contract('month', 'year')]);
      expect(() => predictor.predictTable(table, { firstRow })).toThrow(
        expect.objectContaining({
          code: 'PREDICTOR_VALUE_INVALID',
          row: 20_001,
          message: expect.stringMatching(/^Row 20002, column "tenure": "ten" /),
        }),
      );
    });
  });

  it('has nothing to refresh, and is its own snapshot', async () => {
    expect(await predictor.refresh()).toEqual({ status: 'unchanged' });
    expect(predictor.snapshot().predict(tenth)).toEqual(predictor.predict(tenth));
    expect(predictor.version).toBeUndefined();
  });

  it('throws PREDICTOR_CLOSED after it was closed', () => {
    const closed = createPredictor(churnModel());
    closed.close();
    const thrown = expect.objectContaining({ code: 'PREDICTOR_CLOSED' });
    expect(() => closed.predict(tenth)).toThrow(thrown);
    expect(() => closed.predictTable(customers)).toThrow(thrown);
    expect(() => closed.snapshot()).toThrow(thrown);
  });
});

describe('createPredictorFromBytes', () => {
  it('predicts as the model that was saved', () => {
    const model = churnModel({ bias: 0.25 });
    expect(createPredictorFromBytes(formatModel(model)).predict(tenth)).toEqual(
      createPredictor(model).predict(tenth),
    );
  });

  it('throws a MODEL_FILE error for bytes that are no model', () => {
    expect(() => createPredictorFromBytes(new Uint8Array(64))).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^MODEL_FILE_/) }),
    );
  });
});
