import { execFile } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TreeEnsemble } from '@gnu-mlops/model';
import { SOURCE_FLAGS, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { fitEstimator } from '../src/fit-algorithm.ts';
import { matrixOf } from './matrix-of.ts';

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const repositoryModules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const hyperparameters = { n_estimators: 6 };

/** Fits with the built package and prints the thresholds, and how many workers it started. */
const script = `
  import { fitEstimator } from './dist/index.js';

  let workers = 0;
  process.on('worker', () => workers++);
  const column = Float64Array.from({ length: 200 }, (_, row) => Math.sin(row));
  const forest = await fitEstimator(
    {
      algorithm: 'random_forest',
      hyperparameters: ${JSON.stringify(hyperparameters)},
      matrix: { rowCount: 200, features: [{ name: 'a', kind: 'numeric' }], columns: [column] },
      target: { task: 'regression', values: column.map((x) => x * x) },
      seed: 1,
    },
    { threads: 2 },
  );
  console.log(JSON.stringify({ workers, thresholds: [...forest.threshold] }));
`;

it('grows the same forest from the built package, with the help of its own worker thread', async () => {
  const folder = temporaryFolder();
  symlinkSync(repositoryModules, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'fit.mjs'), script);
  const tsup = join(repositoryModules, '.bin', 'tsup');
  await run(tsup, ['--no-dts', '--out-dir', join(folder, 'dist')], { cwd: packageFolder });
  const { stdout } = await run(process.execPath, [...SOURCE_FLAGS, join(folder, 'fit.mjs')], {
    cwd: folder,
  });

  const column = Float64Array.from({ length: 200 }, (_, row) => Math.sin(row));
  const forest = (await fitEstimator(
    {
      algorithm: 'random_forest',
      hyperparameters,
      matrix: matrixOf([column]),
      target: { task: 'regression', values: column.map((x) => x * x) },
      seed: 1,
    },
    { threads: 1 },
  )) as TreeEnsemble;
  expect(JSON.parse(stdout)).toEqual({ workers: 1, thresholds: [...forest.threshold] });
});
