import { join } from 'node:path';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';

/** The experiment and model that commands take where none is named. */
export const EXPERIMENT = 'gnu-mlops';
export const MODEL = 'gnu-mlops-model';

/** Do something to the registry of a folder. */
export async function inRegistry<Result>(
  folder: string,
  work: (registry: Registry) => Promise<Result>,
): Promise<Result> {
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`);
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}

/** A registry with one experiment, two runs, and a model of two versions, one in production. */
export async function seedRegistry(folder: string): Promise<readonly [string, string]> {
  return inRegistry(folder, async (registry) => {
    const { experimentId } = await registry.ensureExperiment(EXPERIMENT);
    await registry.ensureRegisteredModel(MODEL);
    const ids: string[] = [];
    for (const [i, runName] of ['first', 'second'].entries()) {
      const { runId } = await registry.createRun({ experimentId, runName, startTime: 1000 + i });
      await registry.logBatch(runId, {
        params: { depth: String(i) },
        metrics: [0, 1, 2].map((step) => ({ key: 'f1', value: step / 2, timestamp: step, step })),
      });
      await registry.uploadArtifact(runId, 'model/MLmodel', new TextEncoder().encode(runName));
      await registry.updateRun(runId, { status: 'FINISHED', endTime: 2000 });
      const source = `runs:/${runId}/model`;
      await registry.createModelVersion({ name: MODEL, source, createdAt: 2000 });
      ids.push(runId);
    }
    await registry.moveStage({
      ...{ name: MODEL, version: '1', stage: 'GNU_Production', expectedHolder: null },
      ...{ actor: 'ada', reason: 'good', evidence: '{}', at: 3000 },
    });
    return ids as unknown as readonly [string, string];
  });
}
