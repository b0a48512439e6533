import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { TimedContender } from './benchmark.ts';
import type { BoostingRows } from './boosting-cases.ts';
import { timeRuns } from './time-runs.ts';

/** The part of the library that is used. */
interface MlRandomForest {
  readonly RandomForestClassifier: new (options: object) => {
    train(rows: number[][], labels: number[]): void;
  };
}

/** Time ml-random-forest, from the node_modules of a folder, on the same rows; conversion included. */
export async function timeMlRandomForest(
  { matrix, labels }: BoostingRows,
  { runs, folder }: { readonly runs: number; readonly folder: string },
): Promise<TimedContender> {
  const load = createRequire(join(folder, 'package.json'));
  const { RandomForestClassifier } = load('ml-random-forest') as MlRandomForest;
  const manifest = join(folder, 'node_modules/ml-random-forest/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const timesMs = await timeRuns(runs, () => {
    const forest = new RandomForestClassifier({
      nEstimators: 100,
      maxFeatures: Math.floor(Math.sqrt(matrix.columns.length)),
      replacement: false,
      seed: 42,
      noOOB: true,
      treeOptions: { maxDepth: 10 },
    });
    const rows = Array.from({ length: matrix.rowCount }, (_, row) =>
      matrix.columns.map((column) => column[row]!),
    );
    forest.train(rows, [...labels]);
    return Promise.resolve();
  });
  return { name: `ml-random-forest ${version}, 1 thread`, timesMs };
}
