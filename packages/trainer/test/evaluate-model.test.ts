import { type Table, createTable, dropColumns } from '@gnu-mlops/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ClassUnknownError } from '../src/errors.ts';
import { evaluateModel } from '../src/evaluate-model.ts';
import { type TrainedModel, trainModel } from '../src/train-model.ts';
import { churnTable } from './churn-table.ts';

describe('evaluateModel', () => {
  let trained: TrainedModel;
  beforeAll(async () => {
    trained = await trainModel({
      table: churnTable(200),
      target: 'left',
      algorithm: 'logistic_regression',
      testSize: 0.2,
      folds: 0,
      seed: 1,
    });
  });

  function withTarget(labels: string[]): Table {
    const dictionary = [...new Set(labels)];
    const codes = Int32Array.from(labels, (label) => dictionary.indexOf(label));
    const table = dropColumns(churnTable(labels.length, 9), ['left']);
    return createTable([...table.columns, ['left', { kind: 'categorical', codes, dictionary }]]);
  }

  it('measures a model on a table that it has not seen', () => {
    const metrics = evaluateModel(trained.model, churnTable(150, 9));
    expect(metrics).toMatchObject({ classes: ['No', 'Yes'], positiveClass: 'Yes' });
    expect('accuracy' in metrics && metrics.accuracy).toBeGreaterThan(0.65);
  });

  it('knows the classes by name, whatever their order and number in the table', () => {
    const metrics = evaluateModel(trained.model, withTarget(['Yes', 'Yes', 'Yes']));
    expect(metrics).toMatchObject({ support: [0, 3], rocAuc: NaN });
  });

  it('throws TRAINER_CLASS_UNKNOWN naming a class that the model has never seen', () => {
    const table = withTarget(['Yes', 'Maybe', 'No']);
    expect(() => evaluateModel(trained.model, table)).toThrow(ClassUnknownError);
    expect(() => evaluateModel(trained.model, table)).toThrow(
      'The target has the class "Maybe", which the model does not know (it knows No, Yes)',
    );
  });

  it('throws when the target is not there', () => {
    const table = dropColumns(churnTable(10), ['left']);
    expect(() => evaluateModel(trained.model, table)).toThrow(
      expect.objectContaining({ code: 'TABLE_COLUMN_NOT_FOUND' }) as Error,
    );
  });
});
