import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { TreeEnsemble } from '../../src/estimator.ts';
import { createTreeExplainer } from '../../src/explain/create-explainer.ts';
import { parseLightgbm } from '../../src/lightgbm/parse-lightgbm.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { parseXgboost } from '../../src/xgboost/parse-xgboost.ts';
import { largestDifference } from '../fixtures/rows-matrix.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface TrainedModel {
  readonly name: string;
  /** By ending. */
  readonly files: Readonly<Record<string, string>>;
  readonly predictions: unknown;
  /** Of the first rows: rows x outputs x (features, then the base value). */
  readonly contributions: readonly number[];
}

interface DataSet {
  readonly cells: string;
  readonly rowCount: number;
  readonly features: readonly string[];
  readonly categorical: readonly boolean[];
  readonly models: readonly TrainedModel[];
}

const libraries = [
  { library: 'lightgbm', tolerance: 1e-9 },
  { library: 'xgboost', tolerance: 1e-6 },
] as const;

const source = sharedDataPath('README.md');

for (const { library, tolerance } of libraries) {
  const reason =
    source === undefined
      ? 'the data sets are not there'
      : (whyNoPython(library) ?? whyNoPython('pandas'));
  const title = `${library} in Python on public data sets${reason ? ` (${reason})` : ''}`;

  describe.skipIf(reason !== undefined)(title, () => {
    it('predicts and explains the same here, by objective, with categories and missing values', () => {
      const sets = runPython(
        'train_on_data_sets.py',
        library,
        dirname(source!),
        temporaryFolder(),
      ) as DataSet[];
      const withSets = new Set<string>();
      for (const dataSet of sets) {
        const matrix = readMatrix(dataSet);
        for (const model of dataSet.models) {
          for (const path of Object.values(model.files)) {
            const estimator = readEstimator(library, path);
            if (estimator.categorySets) withSets.add(model.name.split(' ')[0]!);
            const difference = largestDifference(
              predictMatrix(estimator, matrix),
              model.predictions,
            );
            expect(difference, `${path} ${model.name}`).toBeLessThan(tolerance);
            const gap = largestGap(estimator, { matrix, expected: model.contributions });
            expect(gap, `contributions of ${path} ${model.name}`).toBeLessThan(1e-6);
          }
        }
      }
      expect([...withSets]).toEqual(['telco', 'titanic', 'california']);
    });
  });
}

function readEstimator(library: 'lightgbm' | 'xgboost', path: string): TreeEnsemble {
  if (library === 'lightgbm') return parseLightgbm(readFileSync(path, 'utf8')).estimator;
  return parseXgboost(path.endsWith('.ubj') ? readFileSync(path) : readFileSync(path, 'utf8'))
    .estimator;
}

function readMatrix({ cells, rowCount, features, categorical }: DataSet): FeatureMatrix {
  const bytes = readFileSync(cells);
  const all = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  return {
    rowCount,
    features: features.map((name, i) => ({
      name,
      kind: categorical[i] ? 'categorical' : 'numeric',
    })),
    columns: features.map((_, i) => all.subarray(i * rowCount, (i + 1) * rowCount)),
  };
}

/** The largest difference of a contribution or a base value, relative above 1. */
function largestGap(
  estimator: TreeEnsemble,
  { matrix, expected }: { readonly matrix: FeatureMatrix; readonly expected: readonly number[] },
): number {
  const { outputCount } = estimator;
  const featureCount = matrix.columns.length;
  const rowCount = expected.length / (outputCount * (featureCount + 1));
  const columns = matrix.columns.map((column) => column.subarray(0, rowCount));
  const own = createTreeExplainer(estimator)({ ...matrix, rowCount, columns });
  let largest = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let output = 0; output < outputCount; output++) {
      const start = (row * outputCount + output) * (featureCount + 1);
      for (let feature = 0; feature <= featureCount; feature++) {
        const value =
          feature === featureCount
            ? own.baseValues[output]!
            : own.contributions[(row * featureCount + feature) * outputCount + output]!;
        const wanted = expected[start + feature]!;
        const gap = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
        if (!(gap <= largest)) largest = gap;
      }
    }
  }
  return largest;
}
