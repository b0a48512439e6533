import { describe, expect, it } from 'vitest';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with runs, their parameters, tags and inputs. */
export function runsContract(open: OpenRegistryForTest): void {
  describe('runs', () => {
    it('starts a run with an id of 32 hex digits, running and named', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const run = await registry.createRun({
        experimentId,
        runName: 'forest',
        startTime: SCENE_TIME,
        userId: 'ada',
        tags: { team: 'crm' },
      });
      expect(run.runId).toMatch(/^[0-9a-f]{32}$/);
      expect(run).toMatchObject({
        experimentId,
        runName: 'forest',
        status: 'RUNNING',
        startTime: SCENE_TIME,
        userId: 'ada',
        lifecycleStage: 'active',
        metrics: {},
        params: {},
        tags: { team: 'crm', 'mlflow.runName': 'forest' },
        inputs: [],
      });
      expect(run).not.toHaveProperty('endTime');
      expect(run.artifactUri).toContain(run.runId);
      expect(await registry.getRun(run.runId)).toEqual(run);
    });

    it('names a run that was given no name', async () => {
      const { createRun } = await createContractScene(open);
      expect((await createRun()).runName).not.toBe('');
    });

    it('ends and renames a run', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.updateRun(runId, { status: 'FINISHED', endTime: SCENE_TIME + 5 });
      await registry.updateRun(runId, { runName: 'renamed' });
      expect(await registry.getRun(runId)).toMatchObject({
        status: 'FINISHED',
        endTime: SCENE_TIME + 5,
        runName: 'renamed',
        tags: { 'mlflow.runName': 'renamed' },
      });
    });

    it('throws REGISTRY_RUN_NOT_FOUND for an unknown run, and for an unknown experiment', async () => {
      const { registry, createRun } = await createContractScene(open);
      const unknown = '0'.repeat(32);
      await expectCode(registry.getRun(unknown), 'REGISTRY_RUN_NOT_FOUND', unknown);
      await expectCode(registry.updateRun(unknown, {}), 'REGISTRY_RUN_NOT_FOUND');
      await expectCode(registry.logBatch(unknown, {}), 'REGISTRY_RUN_NOT_FOUND');
      await expectCode(createRun('999999999'), 'REGISTRY_EXPERIMENT_NOT_FOUND');
    });

    it('keeps a parameter as it was first written', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.logBatch(runId, { params: { depth: '10', 'grid/size': '' } });
      await registry.logBatch(runId, { params: { depth: '10' } });
      await expectCode(
        registry.logBatch(runId, { params: { depth: '11' } }),
        'REGISTRY_PARAM_CONFLICT',
        /depth.*10.*11/,
      );
      expect((await registry.getRun(runId)).params).toEqual({ depth: '10', 'grid/size': '' });
    });

    it('overwrites a tag', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.logBatch(runId, { tags: { note: 'first' } });
      await registry.logBatch(runId, { tags: { note: 'zweites é 漢字 😀' } });
      expect((await registry.getRun(runId)).tags).toMatchObject({ note: 'zweites é 漢字 😀' });
    });

    it('refuses names and values beyond the limits, and writes nothing then', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const log = (batch: Parameters<typeof registry.logBatch>[1]) =>
        registry.logBatch(runId, { ...batch, params: { ...batch.params, good: '1' } });
      await expectCode(log({ params: { '': 'x' } }), 'REGISTRY_NAME_INVALID');
      await expectCode(log({ params: { ['k'.repeat(251)]: 'x' } }), 'REGISTRY_NAME_INVALID', '250');
      await expectCode(log({ tags: { '../up': 'x' } }), 'REGISTRY_NAME_INVALID');
      await expectCode(log({ params: { long: 'x'.repeat(6001) } }), 'REGISTRY_VALUE_INVALID');
      const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`p${i}`, '1']));
      await expectCode(log({ params: many }), 'REGISTRY_VALUE_INVALID', '100');
      expect((await registry.getRun(runId)).params).toEqual({});
    });

    it('notes the data sets that a run read', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const input = {
        name: 'churn.csv',
        digest: 'a1b2c3d4',
        sourceType: 'local',
        source: '{"uri":"churn.csv"}',
        schema: '{"columns":[]}',
        profile: '{"num_rows":12}',
        context: 'training',
      };
      await registry.logInputs(runId, [input]);
      await registry.logInputs(runId, [input]);
      expect((await registry.getRun(runId)).inputs).toEqual([input]);
    });

    it('keeps a deleted run readable, refuses writes to it, and restores it', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId, experimentId } = await createRun();
      await registry.deleteRun(runId);
      expect((await registry.getRun(runId)).lifecycleStage).toBe('deleted');
      await expectCode(registry.logBatch(runId, { tags: { a: 'b' } }), 'REGISTRY_DELETED', runId);
      await expectCode(registry.updateRun(runId, { status: 'FAILED' }), 'REGISTRY_DELETED');
      const experimentIds = [experimentId];
      expect((await registry.searchRuns({ experimentIds })).items).toEqual([]);
      expect((await registry.searchRuns({ experimentIds, view: 'all' })).items).toHaveLength(1);
      await registry.restoreRun(runId);
      await registry.logBatch(runId, { tags: { a: 'b' } });
      expect((await registry.searchRuns({ experimentIds })).items).toHaveLength(1);
    });
  });
}
