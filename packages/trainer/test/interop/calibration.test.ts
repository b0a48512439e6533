import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnNamed, dropColumns, takeRows } from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import { type ClassPredictions, predictTable } from '@gnu-mlops/model';
import { encodeTarget } from '@gnu-mlops/preprocess';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { dealFolds } from '../../src/deal-folds.ts';
import { openLearningTask } from '../../src/learning-request.ts';
import { trainModel } from '../../src/train-model.ts';
import { python } from './run-scikit-learn.ts';

interface Answer {
  readonly probabilities: number[];
  readonly labels?: number[];
}

function calibrateInPython(job: object): Answer {
  const path = join(temporaryFolder(), 'job.json');
  writeFileSync(path, JSON.stringify(job));
  const script = fileURLToPath(new URL('./calibration.py', import.meta.url));
  const printed = execFileSync(python!, [script, path], { maxBuffer: 2 ** 28, encoding: 'utf8' });
  return JSON.parse(printed) as Answer;
}

const dataSets = [
  { file: 'pima_diabetes.csv', target: 'outcome', classCount: 2 },
  { file: 'iris.csv', target: 'species', classCount: 3 },
];

if (python === undefined) {
  describe.skip('calibration beside scikit-learn: set GNU_MLOPS_INTEROP_PYTHON', () => {
    it('is skipped', () => {});
  });
} else {
  for (const { file, target, classCount } of dataSets) {
    describe.skipIf(sharedDataPath(file) === undefined)(file, () => {
      it.each(['sigmoid', 'isotonic'] as const)(
        'is calibrated (%s) and decided as by CalibratedClassifierCV(ensemble=False) on the same folds',
        async (calibration) => {
          const { table } = await readCsv(sharedDataPath(file)!);
          const features = [...dropColumns(table, [target]).columns.keys()];
          const request = {
            table,
            target,
            task: 'classification' as const,
            algorithm: 'logistic_regression',
            recipe: { steps: [{ kind: 'standard_scale' as const, columns: features }] },
            testSize: 0.3,
            folds: 5,
            seed: 42,
          };
          const decided = classCount === 2 ? { threshold: 'f1' as const } : {};
          const { model, report } = await trainModel({ ...request, calibration, ...decided });
          const { task } = openLearningTask(request);
          const { train, test } = report.split;
          const encoded = encodeTarget(columnNamed(table, target), {
            name: target,
            task: 'classification',
          });
          if (encoded.task !== 'classification') throw new Error('no classes');
          const theirs = calibrateInPython({
            columns: features.map((name) => [
              ...(table.columns.get(name) as { readonly values: Float64Array }).values,
            ]),
            labels: [...encoded.labels],
            train: [...train],
            test: [...test],
            folds: dealFolds(task, train, 5).map((fold) => ({
              train: [...fold.train],
              test: [...fold.test],
            })),
            method: calibration,
            threshold: model.threshold?.value ?? null,
          });
          const ours = predictTable(model, takeRows(table, test)) as ClassPredictions;
          const distance = ours.probabilities.reduce(
            (most, p, i) => Math.max(most, Math.abs(p - theirs.probabilities[i]!)),
            0,
          );
          expect(theirs.probabilities.length).toBe(ours.probabilities.length);
          expect(distance).toBeLessThan(1e-6);
          if (classCount === 2) expect([...ours.labels]).toEqual(theirs.labels);
        },
      );
    });
  }
}
