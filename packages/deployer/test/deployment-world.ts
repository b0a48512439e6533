import { join } from 'node:path';
import {
  type ModelVersion,
  type Registry,
  type Tags,
  openRegistry,
} from '@gnu-mlops/registry-client';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { onTestFinished } from 'vitest';
import {
  type Gate,
  type PromotionRequest,
  type RollbackRequest,
  promote,
  rollback,
} from '../src/index.ts';

/** At least 0.7 accuracy for Staging, as in the quick start. */
export const stagingGates: readonly Gate[] = [
  { name: 'accuracy', metric: 'accuracy', threshold: 0.7, direction: 'at_least' },
];

/** At least 0.8 accuracy for production. */
export const productionGates: readonly Gate[] = [
  { name: 'accuracy', metric: 'accuracy', threshold: 0.8, direction: 'at_least' },
];

/** A model named `churn` in a registry of the running test's own, and a clock at 2026-01-01. */
export async function createWorld() {
  const clock = createFakeClock();
  const registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`, {
    now: clock.now,
  });
  onTestFinished(() => registry.close());
  const { experimentId } = await registry.ensureExperiment('churn');
  await registry.ensureRegisteredModel('churn');

  /** Train, so to say: a run with these metrics, and a version made by it. */
  async function addVersion(
    metrics: { readonly [metric: string]: number },
    description = '',
    tags: Tags = {},
  ): Promise<ModelVersion> {
    const run = await registry.createRun({ experimentId, startTime: clock.now(), tags });
    await registry.logBatch(run.runId, {
      metrics: Object.entries(metrics).map(([key, value]) => ({
        key,
        value,
        timestamp: clock.now(),
        step: 0,
      })),
      params: { algorithm: 'random_forest' },
    });
    await registry.logInputs(run.runId, [
      {
        name: 'churn',
        digest: '00ff00ff00ff00ff',
        sourceType: 'local',
        source: '{}',
        context: 'training',
      },
    ]);
    return registry.createModelVersion({
      name: 'churn',
      source: `runs:/${run.runId}/model`,
      runId: run.runId,
      description,
      createdAt: clock.now(),
    });
  }
  function deploy(to: PromotionRequest['to'], rest: Partial<PromotionRequest> = {}) {
    clock.advance(1000);
    const gates = to === 'Staging' ? stagingGates : productionGates;
    return promote({ registry, name: 'churn', to, gates, actor: 'ada', now: clock.now, ...rest });
  }
  async function deployToProduction(version: string): Promise<void> {
    await deploy('Staging', { version });
    await deploy('GNU_Production', { version });
  }
  function rollBack(rest: Partial<RollbackRequest> = {}) {
    clock.advance(1000);
    return rollback({ registry, name: 'churn', actor: 'ada', now: clock.now, ...rest });
  }
  return { registry, clock, addVersion, deploy, deployToProduction, rollBack };
}

/** The versions in Staging and in production. */
export async function holders(registry: Registry): Promise<(string | undefined)[]> {
  const [staging, production] = await Promise.all([
    registry.findVersionByStage('churn', 'Staging'),
    registry.findVersionByStage('churn', 'GNU_Production'),
  ]);
  return [staging?.version, production?.version];
}
