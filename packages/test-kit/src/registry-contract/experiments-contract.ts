import { describe, expect, it } from 'vitest';
import { type ContractExceptions, itWith } from './contract-exceptions.ts';
import { type OpenRegistryForTest, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with experiments. */
export function experimentsContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('experiments', () => {
    itWith(exceptions, 'default-experiment')('has the experiment "Default" with id 0', async () => {
      const { registry } = await createContractScene(open);
      const experiment = await registry.getExperiment('0');
      expect(experiment).toMatchObject({ experimentId: '0', name: 'Default' });
      expect(await registry.findExperiment('Default')).toEqual(experiment);
    });

    it('gives back what was created, tags included', async () => {
      const { registry, freshName } = await createContractScene(open);
      const name = freshName();
      const created = await registry.createExperiment(name, { tags: { team: 'crm' } });
      expect(created).toMatchObject({ name, lifecycleStage: 'active', tags: { team: 'crm' } });
      expect(created.artifactLocation).not.toBe('');
      expect(await registry.getExperiment(created.experimentId)).toEqual(created);
      expect(await registry.findExperiment(name)).toEqual(created);
    });

    it('throws REGISTRY_ALREADY_EXISTS for a taken name', async () => {
      const { registry, freshName } = await createContractScene(open);
      const name = freshName();
      await registry.createExperiment(name);
      await expectCode(registry.createExperiment(name), 'REGISTRY_ALREADY_EXISTS', name);
    });

    it('ensures an experiment once, also when two ask at the same time', async () => {
      const { registry, freshName } = await createContractScene(open);
      const name = freshName();
      const [a, b] = await Promise.all([
        registry.ensureExperiment(name),
        registry.ensureExperiment(name),
      ]);
      expect(a.experimentId).toBe(b.experimentId);
      expect((await registry.ensureExperiment(name)).experimentId).toBe(a.experimentId);
    });

    it('finds nothing under an unknown name, and throws for an unknown id', async () => {
      const { registry, freshName } = await createContractScene(open);
      expect(await registry.findExperiment(freshName())).toBeUndefined();
      await expectCode(
        registry.getExperiment('999999999'),
        'REGISTRY_EXPERIMENT_NOT_FOUND',
        '999999999',
      );
    });

    it('throws REGISTRY_NAME_INVALID for a blank or overlong name', async () => {
      const { registry } = await createContractScene(open);
      await expectCode(registry.createExperiment(''), 'REGISTRY_NAME_INVALID');
      await expectCode(registry.createExperiment('x'.repeat(501)), 'REGISTRY_NAME_INVALID', '500');
    });

    it('searches by name and tag', async () => {
      const { registry, freshName } = await createContractScene(open);
      const name = freshName();
      await registry.createExperiment(`${name}-a`, { tags: { team: 'crm' } });
      await registry.createExperiment(`${name}-b`, { tags: { team: 'ops' } });
      const search = async (filter: string) =>
        (await registry.searchExperiments({ filter, orderBy: ['name ASC'] })).items.map(
          (experiment) => experiment.name,
        );
      expect(await search(`name LIKE '${name}%'`)).toEqual([`${name}-a`, `${name}-b`]);
      expect(await search(`name LIKE '${name}%' AND tags.team = 'ops'`)).toEqual([`${name}-b`]);
      expect(await search(`name ILIKE '${name.toUpperCase()}-A'`)).toEqual([`${name}-a`]);
    });

    it('hides a deleted experiment from searches, and brings it back with its runs', async () => {
      const { registry, createRun, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const { name } = await registry.getExperiment(experimentId);
      const run = await createRun(experimentId);
      await registry.deleteExperiment(experimentId);
      const filter = `name = '${name}'`;
      expect((await registry.searchExperiments({ filter })).items).toEqual([]);
      expect((await registry.searchExperiments({ filter, view: 'deleted' })).items).toHaveLength(1);
      expect((await registry.getRun(run.runId)).lifecycleStage).toBe('deleted');
      await registry.restoreExperiment(experimentId);
      expect((await registry.searchExperiments({ filter })).items).toHaveLength(1);
      expect((await registry.getRun(run.runId)).lifecycleStage).toBe('active');
    });

    it('starts no run in a deleted experiment, nor hands it out by name', async () => {
      const { registry, createRun, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      const { name } = await registry.getExperiment(experimentId);
      await registry.deleteExperiment(experimentId);
      await expectCode(createRun(experimentId), 'REGISTRY_DELETED');
      await expectCode(registry.ensureExperiment(name), 'REGISTRY_DELETED');
      await expectCode(registry.createExperiment(name), 'REGISTRY_ALREADY_EXISTS');
    });
  });
}
