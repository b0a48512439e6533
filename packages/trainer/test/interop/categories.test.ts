import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnNamed, measureRocAuc } from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import { type Estimator, formatLightgbm, formatXgboost, predictMatrix } from '@gnu-mlops/model';
import {
  defaultRecipeSpec,
  encodeTarget,
  fitRecipe,
  splitTrainTest,
  transformTable,
} from '@gnu-mlops/preprocess';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { fitEstimator } from '../../src/fit-algorithm.ts';
import { type EncodedRows, rowsOf } from './encode-data-set.ts';
import { python } from './run-scikit-learn.ts';

const dialects = ['lightgbm', 'xgboost'] as const;

const dataSets = [
  { file: 'telco_customer_churn.csv', target: 'Churn', columns: 'texts', tolerance: 0.004 },
  { file: 'titanic.csv', target: 'survived', columns: 'texts', tolerance: 0.02 },
  {
    file: 'titanic.csv',
    target: 'survived',
    columns: ['sex', 'embarked', 'cabin', 'ticket'],
    tolerance: 0.02,
  },
] as const;

const seeds = [1, 2, 3, 4, 5];

/** Numbers as they are, the named columns (or all texts that the default recipe keeps) as codes. */
async function encodeCategories(
  file: string,
  wanted: { readonly target: string; readonly columns: readonly string[] | 'texts' },
): Promise<Omit<EncodedRows, 'split'>> {
  const { table } = await readCsv(sharedDataPath(file)!);
  const target = encodeTarget(columnNamed(table, wanted.target), { name: wanted.target });
  const { steps } = defaultRecipeSpec(table, { for: 'trees', target: wanted.target });
  const isKept = (name: unknown) =>
    wanted.columns !== 'texts' && wanted.columns.includes(name as string);
  const columns =
    wanted.columns === 'texts' ? ({ kinds: ['categorical', 'text'] } as const) : wanted.columns;
  const recipe = fitRecipe(
    table,
    {
      steps: [
        ...steps.filter((step) => step.kind === 'drop' && !(step.columns as string[]).some(isKept)),
        { kind: 'ordinal_encode', columns, output: 'categorical' },
      ],
    },
    { target: wanted.target },
  );
  const matrix = transformTable(table, recipe);
  // XGBoost keeps values in single precision: so that both sides see the same.
  return {
    matrix: { ...matrix, columns: matrix.columns.map((column) => column.map(Math.fround)) },
    target,
  };
}

function aucOf(estimator: Estimator, rows: EncodedRows): number {
  const { matrix, target } = rowsOf(rows, rows.split.test);
  const outputs = predictMatrix(estimator, matrix);
  const { labels } = target as { labels: Int32Array };
  const ofClass = (code: number) =>
    Float64Array.from(labels, (_, row) => outputs[2 * row + 1]!).filter(
      (_, row) => labels[row] === code,
    );
  return measureRocAuc(ofClass(1), ofClass(0));
}

interface PeerRound {
  readonly outputs: Record<'lightgbm' | 'xgboost', number[]>;
  readonly aucs: Record<'lightgbm' | 'xgboost', number>;
}

function askPeers(rows: Omit<EncodedRows, 'split'>, rounds: readonly object[]): PeerRound[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-interop-'));
  try {
    const { matrix, target } = rows;
    const last = Float64Array.from((target as { labels: Int32Array }).labels);
    const cells = join(folder, 'cells.f64');
    writeFileSync(
      cells,
      Buffer.concat([...matrix.columns, last].map((column) => Buffer.from(column.slice().buffer))),
    );
    const job = join(folder, 'job.json');
    const kinds = matrix.features.map(({ kind }) => kind);
    writeFileSync(job, JSON.stringify({ cells, kinds, rowCount: matrix.rowCount, rounds }));
    const script = fileURLToPath(new URL('./categories.py', import.meta.url));
    return JSON.parse(
      execFileSync(python!, [script, job], { maxBuffer: 2 ** 28, encoding: 'utf8' }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function peersAreThere(): boolean {
  if (python === undefined) return false;
  try {
    execFileSync(python, ['-c', 'import lightgbm, xgboost, sklearn'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!peersAreThere()) {
  describe.skip('interop of categories: set GNU_MLOPS_INTEROP_PYTHON to a Python that has lightgbm, xgboost, sklearn', () => {
    it('is skipped', () => {});
  });
} else {
  for (const { file, target, columns, tolerance } of dataSets) {
    describe.skipIf(sharedDataPath(file) === undefined)(`${file}, categories: ${columns}`, () => {
      it('both libraries score our models alike, and learn no better over five seeds', async () => {
        const encoded = await encodeCategories(file, { target, columns });
        const rounds = [];
        for (const seed of seeds) {
          const { labels } = encoded.target as { labels: Int32Array };
          const split = splitTrainTest({ rowCount: labels.length, testSize: 0.2, seed, labels });
          const rows = { ...encoded, split };
          const fit = (algorithm: string) =>
            fitEstimator({ algorithm, seed: 42, ...rowsOf(rows, split.train) });
          rounds.push({ rows, lightgbm: await fit('lightgbm'), xgboost: await fit('xgboost') });
        }
        const { features } = encoded.matrix;
        const theirs = askPeers(
          encoded,
          rounds.map(({ rows, lightgbm, xgboost }) => ({
            train: [...rows.split.train],
            test: [...rows.split.test],
            lightgbm: formatLightgbm(lightgbm, features),
            xgboost: formatXgboost(xgboost, features),
          })),
        );
        for (const dialect of dialects) {
          const gaps = rounds.map(({ rows, [dialect]: estimator }, i) => {
            const { matrix } = rowsOf(rows, rows.split.test);
            const own = predictMatrix(estimator, matrix);
            theirs[i]!.outputs[dialect].forEach((output, row) => {
              expect(output).toBeCloseTo(own[2 * row + 1]!, dialect === 'lightgbm' ? 9 : 6);
            });
            const asksForSets = estimator.kind === 'tree_ensemble' && estimator.categorySets;
            expect(asksForSets).toBeTruthy();
            return { ours: aucOf(estimator, rows), theirs: theirs[i]!.aucs[dialect] };
          });
          const mean = (side: 'ours' | 'theirs') =>
            gaps.reduce((sum, gap) => sum + gap[side], 0) / gaps.length;
          const [ours, their] = [mean('ours'), mean('theirs')];
          const figures = gaps.map((gap) => `${gap.ours.toFixed(4)}/${gap.theirs.toFixed(4)}`);
          console.log(
            `${file} ${columns} ${dialect}: AUC ours ${ours.toFixed(5)}, theirs ${their.toFixed(5)} (${figures.join(' ')})`,
          );
          expect(ours).toBeGreaterThan(their - tolerance);
        }
      });
    });
  }
}
