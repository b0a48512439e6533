import { randomBytes } from 'node:crypto';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { onTestFinished } from 'vitest';
import type { Run } from '../../src/entities.ts';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';

export const MODEL_BYTES = new Uint8Array(randomBytes(300_000));

/** An embedded registry of the running test's own. */
export async function openEmbedded(): Promise<Registry> {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`, {
    userId: 'ada',
  });
  onTestFinished(() => registry.close());
  return registry;
}

/** Log a run with something of everything. */
export async function logRun(
  registry: Registry,
  { experimentName = 'churn', runName = 'forest', tags = {}, startTime = 1000 } = {},
): Promise<Run> {
  const { experimentId } = await registry.ensureExperiment(experimentName);
  const { runId } = await registry.createRun({ experimentId, runName, startTime, tags });
  await registry.logInputs(runId, [
    { name: 'rows', digest: 'abc', sourceType: 'local', source: '{}', context: 'training' },
  ]);
  await registry.logBatch(runId, {
    params: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, `value ${i}`])),
    tags: { team: 'crm' },
  });
  await registry.logBatch(runId, { params: { one: 'more' } });
  for (let from = 0; from < 1100; from += 550) {
    await registry.logBatch(runId, {
      metrics: Array.from({ length: 550 }, (_, i) => {
        const step = from + i;
        return { key: 'loss', value: 1 / (step + 1), timestamp: 1000 + step, step };
      }),
    });
  }
  await registry.logBatch(runId, {
    metrics: [
      { key: 'f1', value: NaN, timestamp: 1, step: 0 },
      { key: 'f1', value: Infinity, timestamp: 2, step: 1 },
    ],
  });
  await registry.uploadArtifact(runId, 'model/MLmodel', new TextEncoder().encode('flavors: {}'));
  await registry.uploadArtifact(runId, 'model/data/trees.bin', MODEL_BYTES);
  await registry.uploadArtifact(runId, 'empty.txt', new Uint8Array());
  await registry.updateRun(runId, { status: 'FINISHED', endTime: 9000 });
  return registry.getRun(runId);
}

/** A registered model of three versions, two of them moved, one with an alias. */
export async function registerModel(registry: Registry): Promise<void> {
  await registry.createRegisteredModel('churn', {
    description: 'who leaves',
    tags: { team: 'crm' },
  });
  for (const startTime of [1000, 2000, 3000]) {
    const { runId } = await logRun(registry, { startTime, runName: `run ${startTime}` });
    await registry.createModelVersion({
      name: 'churn',
      source: `runs:/${runId}/model`,
      runId,
      description: `made at ${startTime}`,
      tags: { accuracy: '0.9' },
      createdAt: startTime,
    });
  }
  const moves = [
    ['1', 'GNU_Production', null],
    ['2', 'Staging', null],
    ['2', 'GNU_Production', '1'],
    ['3', 'Staging', null],
  ] as const;
  for (const [i, [version, stage, expectedHolder]] of moves.entries()) {
    await registry.moveStage({
      ...{ name: 'churn', version, stage, expectedHolder },
      ...{ actor: `actor ${i}`, reason: `reason ${i}`, evidence: `{"gate":${i}}`, at: 5000 + i },
    });
  }
  await registry.setAlias('churn', 'best', '1');
}

/** A registry whose methods fail once so many calls that write were made, as if the process died. */
export function failingAfter(registry: Registry, writes: number): Registry {
  let left = writes;
  return new Proxy(registry, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (
        typeof value !== 'function' ||
        !/^(create|log|update|upload|set|move|ensure)/.test(String(property))
      ) {
        return value;
      }
      return async (...parameters: unknown[]) => {
        if (left-- <= 0) throw new Error('killed');
        return (value as (...all: unknown[]) => unknown).apply(target, parameters);
      };
    },
  });
}

/** Every run of an experiment, oldest first. */
export async function runsOf(
  registry: Registry,
  experimentName = 'churn',
): Promise<readonly Run[]> {
  const experiment = await registry.findExperiment(experimentName);
  if (experiment === undefined) return [];
  const { items } = await registry.searchRuns({
    experimentIds: [experiment.experimentId],
    orderBy: ['attributes.start_time ASC'],
  });
  return items;
}
