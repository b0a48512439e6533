import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing, itWith } from './contract-exceptions.ts';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does when experiments and runs are renamed and untagged. */
export function runChangesContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('changes to experiments', () => {
    itUsing(exceptions, 'updateExperiment')('rename it', async () => {
      const { registry, createExperimentId, freshName } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const before = await registry.getExperiment(experimentId);
      const name = freshName();
      await registry.updateExperiment(experimentId, { name });
      const after = await registry.getExperiment(experimentId);
      expect(after.name).toBe(name);
      expect(after.lastUpdateTime).toBeGreaterThanOrEqual(before.lastUpdateTime);
      expect(await registry.findExperiment(before.name)).toBeUndefined();
      const taken = await registry.createExperiment(freshName());
      await expectCode(
        registry.updateExperiment(experimentId, { name: taken.name }),
        'REGISTRY_ALREADY_EXISTS',
        taken.name,
      );
      await expectCode(
        registry.updateExperiment('999999999', { name }),
        'REGISTRY_EXPERIMENT_NOT_FOUND',
      );
    });

    itUsing(exceptions, 'setExperimentTag')('tag it', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      await registry.setExperimentTag(experimentId, 'team', 'crm');
      await registry.setExperimentTag(experimentId, 'team', 'ops');
      expect((await registry.getExperiment(experimentId)).tags).toMatchObject({ team: 'ops' });
      await expectCode(
        registry.setExperimentTag('999999999', 'a', 'b'),
        'REGISTRY_EXPERIMENT_NOT_FOUND',
      );
    });

    itUsing(exceptions, 'deleteExperimentTag')('take a tag away', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      await registry.setExperimentTag(experimentId, 'team', 'crm');
      await registry.deleteExperimentTag(experimentId, 'team');
      expect((await registry.getExperiment(experimentId)).tags).not.toHaveProperty('team');
      await expectCode(
        registry.deleteExperimentTag(experimentId, 'team'),
        'REGISTRY_TAG_NOT_FOUND',
        'team',
      );
    });

    itUsing(exceptions)('are refused while it is deleted', async () => {
      const { registry, createExperimentId, freshName } = await createContractScene(open);
      const experimentId = await createExperimentId();
      await registry.deleteExperiment(experimentId);
      const name = freshName();
      await expectCode(registry.updateExperiment(experimentId, { name }), 'REGISTRY_DELETED');
    });

    itWith(exceptions, 'artifact-locations')('do not move its artifacts', async () => {
      const { registry, freshName, createRun } = await createContractScene(open);
      const artifactLocation = 's3://bucket/elsewhere';
      const { experimentId } = await registry.createExperiment(freshName(), { artifactLocation });
      expect((await registry.getExperiment(experimentId)).artifactLocation).toBe(artifactLocation);
      const run = await createRun(experimentId);
      expect(run.artifactUri).toBe(`${artifactLocation}/${run.runId}/artifacts`);
      await expectCode(
        registry.uploadArtifact(run.runId, 'a', new Uint8Array(1)),
        'REGISTRY_ARTIFACT_LOCATION',
        's3',
      );
    });
  });

  describe('changes to runs', () => {
    itUsing(exceptions, 'deleteRunTag')('take a tag away', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.logBatch(runId, { tags: { team: 'crm', rows: '7' } });
      await registry.deleteRunTag(runId, 'team');
      const { tags } = await registry.getRun(runId);
      expect(tags).toMatchObject({ rows: '7' });
      expect(tags).not.toHaveProperty('team');
      await expectCode(registry.deleteRunTag(runId, 'team'), 'REGISTRY_TAG_NOT_FOUND', 'team');
      await expectCode(registry.deleteRunTag('0'.repeat(32), 'a'), 'REGISTRY_RUN_NOT_FOUND');
    });

    itUsing(exceptions)('show in its latest metrics, with step and time', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const points = [1, 2].map((step) => {
        return { key: 'f1', value: step / 10, timestamp: SCENE_TIME + step, step };
      });
      const other = { key: 'auc', value: 0.5, timestamp: SCENE_TIME, step: 0 };
      await registry.logBatch(runId, { metrics: [...points, other] });
      expect((await registry.getRun(runId)).latestMetrics).toEqual([other, points[1]]);
    });

    itUsing(exceptions)('keep the tags of a data set apart from its context', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const dataset = { name: 'a.csv', digest: 'd1', sourceType: 'local', source: '{}' };
      const input = { ...dataset, context: 'training', tags: { split: 'train' } };
      await registry.logInputs(runId, [input]);
      expect((await registry.getRun(runId)).inputs).toEqual([input]);
    });
  });
}
