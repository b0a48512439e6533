import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@gnu-mlops/core';
import { openRegistry } from '@gnu-mlops/registry-client';
import { runPython } from './run-python.ts';

/** Where runs go. */
interface RunStore {
  /** Holds the server's `mlflow.db`. */
  readonly folder: string;
  readonly experimentId: string;
  readonly python: string | undefined;
}

const START_TIME = 1_700_000_000_000;

/** Two metrics of each run, alike for every store. */
function metricValues(count: number): (readonly [number, number])[] {
  const random = createRandom(42);
  return Array.from({ length: count }, () => [random.nextFloat(), random.nextNormal()] as const);
}

/** Runs with two metrics and two parameters each, into the file that our server serves. */
export async function fillRegistry(
  { folder, experimentId }: RunStore,
  count: number,
): Promise<void> {
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`);
  for (const [index, [first, second]] of metricValues(count).entries()) {
    const startTime = START_TIME + index;
    const { runId } = await registry.createRun({ experimentId, startTime });
    await registry.logBatch(runId, {
      metrics: [
        { key: 'first', value: first, timestamp: 0, step: 0 },
        { key: 'second', value: second, timestamp: 0, step: 0 },
      ],
      params: { depth: String(index % 10), seed: String(index) },
    });
  }
  await registry.close();
}

/** The same runs, straight into the database of an MLflow server. */
export async function fillMlflow(
  { folder, experimentId, python }: RunStore,
  count: number,
): Promise<void> {
  const valuesPath = join(folder, 'values.json');
  writeFileSync(valuesPath, JSON.stringify(metricValues(count)));
  const job = {
    database: join(folder, 'mlflow.db'),
    valuesPath,
    experimentId,
    startTime: START_TIME,
  };
  runPython('fill_mlflow.py', job, { python: python!, folder });
}
