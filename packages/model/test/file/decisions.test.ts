import { type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibrated, calibratedModels } from '../fixtures/calibrated-models.ts';
import { tamper } from '../fixtures/tamper.ts';
import { tinyCustomers, tinyForest } from '../fixtures/tiny-models.ts';
import { version1File } from '../fixtures/version-1-file.ts';

describe('a model file with decisions', () => {
  it.each(calibratedModels())('gives calibration and threshold back, for %s', (_, model) => {
    const again = parseModel(formatModel(model));
    expect(again).toEqual(model);
    expect(predictTable(again, tinyCustomers())).toEqual(predictTable(model, tinyCustomers()));
    expect(formatModel(again)).toEqual(formatModel(model));
  });

  const sound = formatModel(calibrated(tinyForest(), 'isotonic'));
  const map = { scores: [0.25, 0.5], probabilities: [0.1, 0.9] };
  const isotonic = { method: 'isotonic', classCount: 2, maps: [map] };
  it.each([
    ['another method', 'calibration', { ...isotonic, method: 'beta' }],
    ['another number of classes', 'calibration', { ...isotonic, classCount: 3 }],
    ['half a class', 'calibration', { ...isotonic, classCount: 1.5 }],
    ['no map', 'calibration', { ...isotonic, maps: [] }],
    ['a map too many', 'calibration', { ...isotonic, maps: [map, map] }],
    ['a map that is null', 'calibration', { ...isotonic, maps: [null] }],
    ['no steps', 'calibration', { ...isotonic, maps: [{ scores: [], probabilities: [] }] }],
    ['a step without a probability', 'calibration', withMap({ ...map, probabilities: [0.1] })],
    ['scores that fall', 'calibration', withMap({ ...map, scores: [0.5, 0.25] })],
    ['a score twice', 'calibration', withMap({ ...map, scores: [0.5, 0.5] })],
    ['probabilities that fall', 'calibration', withMap({ ...map, probabilities: [0.9, 0.1] })],
    ['a probability above 1', 'calibration', withMap({ ...map, probabilities: [0.1, 1.1] })],
    ['a score that is text', 'calibration', withMap({ ...map, scores: [0.25, '0.5'] })],
    ['no slope', 'calibration', { method: 'sigmoid', classCount: 2, maps: [{ intercept: 1 }] }],
    ['a list', 'calibration', [isotonic]],
    ['a class that is not there', 'threshold', { positiveClass: 'maybe', value: 0.5 }],
    ['a threshold below 0', 'threshold', { positiveClass: 'yes', value: -0.5 }],
    ['a threshold of null', 'threshold', { positiveClass: 'yes', value: null }],
    ['a number alone', 'threshold', 0.5],
  ])('throws MODEL_FILE_CORRUPT for %s', (_what, name, value) => {
    const forged = tamper(sound, ({ metadata }) => {
      metadata[name] = JSON.stringify(value);
    });
    expect(() => parseModel(forged)).toThrow(
      expect.objectContaining({
        code: 'MODEL_FILE_CORRUPT',
        where: expect.stringContaining(name),
      }),
    );
  });

  function withMap(changed: object): object {
    return { ...isotonic, maps: [changed] };
  }

  it('is refused when a regression would be calibrated', () => {
    const forged = tamper(sound, ({ metadata }) => {
      metadata['task'] = 'regression';
    });
    expect(() => parseModel(forged)).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_CORRUPT' }),
    );
  });
});

describe('a model file of version 1', () => {
  it('is read, and predicts as it did', () => {
    const bytes = new Uint8Array(Buffer.from(version1File, 'base64'));
    const model = parseModel(bytes);
    expect(model).not.toHaveProperty('calibration');
    expect(model).not.toHaveProperty('threshold');
    expect(predictTable(model, months(1, 30, null))).toMatchObject({
      labels: Int32Array.of(1, 0, 1),
      probabilities: Float64Array.of(0.4, 0.6, 0.9, 0.1, 0.4, 0.6),
    });
  });
});

function months(...values: (number | null)[]): Table {
  const column = createColumnBuilder({ name: 'months', type: 'double' });
  for (const value of values) column.appendValue(value);
  return createTable([['months', column.finish()]]);
}
