import { describe, expect, it } from 'vitest';
import { MetricInputError, measureClassification } from '../../src/index.ts';
import {
  type ClassificationReference,
  isAsReference,
  readMetricsReference,
} from './metrics-reference.ts';

const references = readMetricsReference().classifications;
const figures = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'rocAuc',
  'logLoss',
  'prAuc',
  'brier',
  'mcc',
  'balancedAccuracy',
] as const;

describe('measureClassification', () => {
  it.each(references)('matches scikit-learn within 1e-9: $name', (reference) => {
    const { actual, probabilities } = outcomeOf(reference);
    const classes = Array.from({ length: reference.classCount }, (_, code) => `class ${code}`);
    const measured = measureClassification({
      actual,
      probabilities,
      classes,
      ...(reference.positive === 0 && { positiveClass: 'class 0' }),
    });
    expect(measured.confusionMatrix).toEqual(reference.confusionMatrix);
    for (const name of figures) {
      expect(
        isAsReference(measured[name], reference[name]),
        `${name}: ${measured[name]} where scikit-learn has ${reference[name]}`,
      ).toBe(true);
    }
  });

  it('takes the second of two classes as positive and says so', () => {
    const outcome = {
      actual: Int32Array.of(0, 1),
      probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8),
      classes: ['No', 'Yes'],
    };
    expect(measureClassification(outcome)).toMatchObject({
      averaging: 'binary',
      positiveClass: 'Yes',
      support: [1, 1],
    });
    expect(measureClassification({ ...outcome, positiveClass: 'No' }).positiveClass).toBe('No');
  });

  it('names macro averaging and no positive class for three classes', () => {
    const measured = measureClassification({
      actual: Int32Array.of(0, 1, 2, 2),
      probabilities: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1),
      classes: ['a', 'b', 'c'],
    });
    expect(measured).toMatchObject({ averaging: 'macro', accuracy: 1, f1: 1, rocAuc: 1 });
    expect(measured.support).toEqual([1, 1, 2]);
    expect(measured).not.toHaveProperty('positiveClass');
  });

  it('predicts the first of equally probable classes', () => {
    const measured = measureClassification({
      actual: Int32Array.of(0),
      probabilities: Float64Array.of(0.4, 0.4, 0.2),
      classes: ['a', 'b', 'c'],
    });
    expect(measured.confusionMatrix[0]).toEqual([1, 0, 0]);
  });

  it('takes the classes that were predicted otherwise, and the same probabilities', () => {
    const outcome = {
      actual: Int32Array.of(1, 1, 0),
      probabilities: Float64Array.of(0.6, 0.4, 0.8, 0.2, 0.9, 0.1),
      classes: ['no', 'yes'],
    };
    const [usual, eager] = [undefined, Int32Array.of(1, 1, 0)].map((predicted) =>
      measureClassification({ ...outcome, ...(predicted && { predicted }) }),
    );
    expect(usual!.confusionMatrix).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(eager!.confusionMatrix).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(eager).toMatchObject({ accuracy: 1, f1: 1, mcc: 1, balancedAccuracy: 1 });
    expect([eager!.logLoss, eager!.rocAuc]).toEqual([usual!.logLoss, usual!.rocAuc]);
  });

  it.each([
    ['too few', Int32Array.of(1)],
    ['one of no class', Int32Array.of(1, 2)],
  ])('throws MetricInputError for predicted classes: %s', (_what, predicted) => {
    const outcome = {
      actual: Int32Array.of(1, 0),
      probabilities: Float64Array.of(0.6, 0.4, 0.8, 0.2),
      classes: ['no', 'yes'],
    };
    expect(() => measureClassification({ ...outcome, predicted })).toThrow(MetricInputError);
  });

  it('has NaN for every figure of no rows', () => {
    const measured = measureClassification({
      actual: new Int32Array(0),
      probabilities: new Float64Array(0),
      classes: ['a', 'b'],
    });
    for (const name of figures) {
      expect(measured[name]).toBeNaN();
    }
  });

  it('counts a row of weight 2 as two rows, one of weight 0 as none', () => {
    const weighted = measureClassification({
      actual: Int32Array.of(0, 1, 1, 0),
      probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.3, 0.7),
      classes: ['No', 'Yes'],
      weights: Float64Array.of(1, 2, 1, 0),
    });
    const repeated = measureClassification({
      actual: Int32Array.of(0, 1, 1, 1),
      probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.2, 0.8, 0.6, 0.4),
      classes: ['No', 'Yes'],
    });
    expect(weighted).toEqual(repeated);
  });

  it('leaves the given arrays as they are', () => {
    const actual = Int32Array.of(1, 0);
    const probabilities = Float64Array.of(0.3, 0.7, 0.8, 0.2);
    measureClassification({ actual, probabilities, classes: ['a', 'b'] });
    expect([...actual]).toEqual([1, 0]);
    expect([...probabilities]).toEqual([0.3, 0.7, 0.8, 0.2]);
  });

  const valid = {
    actual: Int32Array.of(0, 1),
    probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8),
    classes: ['No', 'Yes'],
  };
  it.each([
    ['too few probabilities', { probabilities: Float64Array.of(0.9, 0.1) }, '4 probabilities'],
    ['a class code beyond the classes', { actual: Int32Array.of(0, 2) }, 'Row 2: class code 2'],
    ['a negative class code', { actual: Int32Array.of(-1, 0) }, 'Row 1: class code -1'],
    ['NaN', { probabilities: Float64Array.of(0.9, 0.1, NaN, 0.8) }, 'Row 2: NaN'],
    ['more than 1', { probabilities: Float64Array.of(1.1, 0.1, 0.2, 0.8) }, 'Row 1: 1.1'],
    ['a positive class that is none', { positiveClass: 'Maybe' }, '"Maybe"'],
    ['a negative weight', { weights: Float64Array.of(1, -1) }, 'Row 2: the weight -1'],
    ['too few weights', { weights: Float64Array.of(1) }, '2 rows need 2 weights'],
    ['one class only', { classes: ['No'], probabilities: Float64Array.of(1, 1) }, 'two classes'],
  ])('throws METRIC_INPUT_INVALID on %s', (_, change, message) => {
    const measure = () => measureClassification({ ...valid, ...change });
    expect(measure).toThrow(MetricInputError);
    expect(measure).toThrow(message);
  });

  it('lets rounding carry a probability a hair above 1', () => {
    const probabilities = Float64Array.of(1 + 2 ** -52, 0, 0.2, 0.8);
    expect(measureClassification({ ...valid, probabilities }).accuracy).toBe(1);
  });
});

/** The listed rows, or those of the script's formula. */
function outcomeOf(reference: ClassificationReference) {
  if (reference.actual !== undefined) {
    return {
      actual: Int32Array.from(reference.actual),
      probabilities: Float64Array.from(reference.probabilities!),
    };
  }
  const actual = Int32Array.from({ length: 5000 }, (_, i) =>
    Number(((i * 7919) % 10007) % 3 === 0),
  );
  const probabilities = new Float64Array(10_000);
  actual.forEach((label, i) => {
    const score = (((i * 104729) % 997) + 300 * label) / 1300;
    probabilities[2 * i] = 1 - score;
    probabilities[2 * i + 1] = score;
  });
  return { actual, probabilities };
}
