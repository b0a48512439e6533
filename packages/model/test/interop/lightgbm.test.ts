import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { Link, TreeEnsemble } from '../../src/estimator.ts';
import { formatLightgbm } from '../../src/lightgbm/format-lightgbm.ts';
import { parseLightgbm } from '../../src/lightgbm/parse-lightgbm.ts';
import { predictMatrix } from '../../src/predict-matrix.ts';
import { randomMatrix } from '../fixtures/random-matrix.ts';
import { randomTree } from '../fixtures/random-trees.ts';
import { largestDifference, matrixOfRows, rowsAsPythonJson } from '../fixtures/rows-matrix.ts';
import { runPython, whyNoPython } from './run-python.ts';

interface Trained {
  readonly rows: string[][];
  readonly models: { name: string; path: string; predictions: unknown }[];
  readonly zero: string;
  readonly linear: string;
}

const reason = whyNoPython('lightgbm');

describe.skipIf(reason !== undefined)(`LightGBM in Python${reason ? ` (${reason})` : ''}`, () => {
  it('predicts the same here, by objective, with categories and missing values', () => {
    const folder = temporaryFolder();
    const { rows, models, zero, linear } = runPython('train_lightgbm.py', folder) as Trained;
    const matrix = matrixOfRows(rows);
    const again: { name: string; path: string; estimator: TreeEnsemble }[] = [];
    for (const { name, path, predictions } of models) {
      const { estimator } = parseLightgbm(readFileSync(path, 'utf8'));
      const difference = largestDifference(predictMatrix(estimator, matrix), predictions);
      expect(difference, name).toBeLessThan(1e-9);
      const written = join(folder, `again-${again.length}.txt`);
      writeFileSync(written, formatLightgbm(estimator, matrix.features));
      again.push({ name, path: written, estimator });
    }
    const job = join(folder, 'again.json');
    const paths = JSON.stringify(again.map(({ path }) => path));
    writeFileSync(job, `{"rows": ${rowsAsPythonJson(matrix)}, "models": ${paths}}`);
    const answers = runPython('foreign_predict.py', 'lightgbm', job) as unknown[];
    again.forEach(({ name, estimator }, i) => {
      const difference = largestDifference(predictMatrix(estimator, matrix), answers[i]);
      expect(difference, `${name}, written again`).toBeLessThan(1e-9);
    });
    for (const path of [zero, linear]) {
      expect(() => parseLightgbm(readFileSync(path, 'utf8'))).toThrow(
        expect.objectContaining({ code: 'MODEL_FOREIGN_UNSUPPORTED' }),
      );
    }
  });

  it('takes any trees written here and predicts the same', () => {
    const folder = temporaryFolder();
    const random = createRandom(31);
    const matrix = randomMatrix(random, 300, 5);
    const column = matrix.columns[4]!;
    for (let row = 0; row < column.length; row++) {
      column[row] = random.nextFloat() < 0.1 ? NaN : random.nextInt(96);
    }
    const features = matrix.features.map((feature, i) =>
      i === 4
        ? ({ name: 'kind of "plan"', kind: 'categorical', categories: 96 } as const)
        : feature,
    );
    const links: Link[] = ['identity', 'logistic', 'softmax', 'exponential'];
    const forests = Array.from({ length: 24 }, (_, i) => {
      const link = links[i % 4]!;
      const outputCount = link === 'softmax' || i % 8 === 0 ? 3 : 1;
      const trees = Array.from({ length: 1 + random.nextInt(6) }, () => {
        const shape = { featureCount: i < 12 ? 4 : 5, outputCount, depth: random.nextInt(6) };
        const tree = randomTree(random, { ...shape, categoryShare: i < 12 ? 0 : 0.4 });
        const sets = tree.categorySets;
        // Only the categorical feature is asked for its categories, and for nothing else.
        sets?.setOf.forEach((set, node) => {
          if (set >= 0) tree.splitFeature[node] = 4;
        });
        return tree;
      });
      return assembleForest(trees, {
        outputCount,
        aggregation: i % 3 === 0 ? 'mean' : 'sum',
        baseScore: Array.from({ length: outputCount }, () => random.nextNormal()),
        link,
      });
    });
    const paths = forests.map((forest, i) => {
      const path = join(folder, `${i}.txt`);
      writeFileSync(path, formatLightgbm(forest, features));
      return path;
    });
    const job = join(folder, 'job.json');
    writeFileSync(job, `{"rows": ${rowsAsPythonJson(matrix)}, "models": ${JSON.stringify(paths)}}`);
    const answers = runPython('foreign_predict.py', 'lightgbm', job) as unknown[];
    forests.forEach((forest, i) => {
      const difference = largestDifference(predictMatrix(forest, matrix), answers[i]);
      expect(difference, `forest ${i}`).toBeLessThan(1e-9);
    });
  });
});
