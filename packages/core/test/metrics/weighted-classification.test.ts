import { describe, expect, it } from 'vitest';
import {
  type MulticlassRocOptions,
  measureClassReport,
  measureClassification,
  measureMulticlassRocAuc,
} from '../../src/index.ts';
import { differences, readEvaluationReference, weightsOf } from './evaluation-reference.ts';
import { isAsReference } from './metrics-reference.ts';

const references = readEvaluationReference().classifications;

describe.each(references)('on $name, as scikit-learn within 1e-9', (reference) => {
  const outcome = {
    actual: Int32Array.from(reference.actual),
    probabilities: Float64Array.from(reference.probabilities),
    classes: Array.from({ length: reference.classCount }, (_, code) => `class ${code}`),
    weights: weightsOf(reference),
  };
  const measured = measureClassification(outcome);

  it('measureClassification gives the figures', () => {
    for (const name of ['accuracy', 'logLoss', 'brier', 'mcc', 'balancedAccuracy'] as const) {
      expect(
        isAsReference(measured[name], reference[name]),
        `${name}: ${measured[name]} where scikit-learn has ${reference[name]}`,
      ).toBe(true);
    }
    expect(differences(measured.confusionMatrix.flat(), reference.confusionMatrix.flat())).toEqual(
      [],
    );
  });

  it('measureClassReport gives each class and the averages', () => {
    const report = measureClassReport(measured);
    const names = ['precision', 'recall', 'f1', 'support'] as const;
    for (const [i, name] of names.entries()) {
      const column = report.classes.map((scores) => scores[name]);
      expect(differences(column, reference.report.classes[i]!), name).toEqual([]);
    }
    for (const average of ['macro', 'weighted', 'micro'] as const) {
      const { precision, recall, f1 } = report[average];
      expect(differences([precision, recall, f1], reference.report[average]), average).toEqual([]);
    }
  });

  it.each(Object.entries(reference.rocAreas))('measureMulticlassRocAuc gives %s', (kind, area) => {
    const [comparison, average] = kind.split(' ');
    const options: MulticlassRocOptions = {
      comparison: comparison === 'ovr' ? 'one_vs_rest' : 'one_vs_one',
      average: average === 'macro' ? 'macro' : 'weighted',
    };
    const auc = measureMulticlassRocAuc(outcome, options);
    expect(isAsReference(auc, area), `${auc} where scikit-learn has ${area}`).toBe(true);
  });
});

describe('measureMulticlassRocAuc', () => {
  it.each(['one_vs_rest', 'one_vs_one'] as const)(
    'counts a row of weight 2 as two rows, %s',
    (comparison) => {
      const actual = [0, 1, 2, 2, 1, 0];
      const probabilities = [
        [0.6, 0.3, 0.1],
        [0.2, 0.5, 0.3],
        [0.3, 0.4, 0.3],
        [0.1, 0.2, 0.7],
        [0.5, 0.3, 0.2],
        [0.3, 0.3, 0.4],
      ];
      const weights = [1, 2, 1, 3, 1, 2];
      const classes = ['a', 'b', 'c'];
      const rows = actual.flatMap((_, row) => new Array<number>(weights[row]!).fill(row));
      const options = { comparison, average: 'weighted' } as const;
      const weighted = measureMulticlassRocAuc(
        {
          actual: Int32Array.from(actual),
          probabilities: Float64Array.from(probabilities.flat()),
          classes,
          weights: Float64Array.from(weights),
        },
        options,
      );
      const repeated = measureMulticlassRocAuc(
        {
          actual: Int32Array.from(rows, (row) => actual[row]!),
          probabilities: Float64Array.from(rows.flatMap((row) => probabilities[row]!)),
          classes,
        },
        options,
      );
      expect(weighted).toBeGreaterThan(0.5);
      expect(weighted).toBeCloseTo(repeated, 12);
    },
  );
});
