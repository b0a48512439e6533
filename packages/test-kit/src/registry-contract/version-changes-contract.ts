import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing } from './contract-exceptions.ts';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does when versions are untagged, deleted, listed and moved in MLflow's stages. */
export function versionChangesContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('changes to versions', () => {
    itUsing(exceptions, 'deleteModelVersionTag')('take a tag away, or nothing', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name }] = await createVersions();
      await registry.setModelVersionTag(name, '1', 'a', 'b');
      await registry.deleteModelVersionTag(name, '1', 'a');
      await registry.deleteModelVersionTag(name, '1', 'a');
      expect((await registry.getModelVersion(name, '1')).tags).not.toHaveProperty('a');
      await expectCode(
        registry.deleteModelVersionTag(name, '9', 'a'),
        'REGISTRY_VERSION_NOT_FOUND',
      );
      await expectCode(
        registry.deleteModelVersionTag(name, '1', 'gnu_mlops.stage'),
        'REGISTRY_NAME_RESERVED',
      );
    });

    itUsing(exceptions, 'deleteModelVersion')('delete one, whose number stays away', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name, source }] = await createVersions(3);
      await registry.setAlias(name, 'best', '3');
      await registry.deleteModelVersion(name, '3');
      await expectCode(registry.getModelVersion(name, '3'), 'REGISTRY_VERSION_NOT_FOUND');
      expect(await registry.findVersionByAlias(name, 'best')).toBeUndefined();
      await expectCode(registry.deleteModelVersion(name, '3'), 'REGISTRY_VERSION_NOT_FOUND');
      const next = await registry.createModelVersion({ name, source, createdAt: SCENE_TIME });
      expect(next.version).toBe('4');
    });

    itUsing(exceptions, 'listModelFiles')('do not touch its files, which are listed', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name }] = await createVersions();
      const paths = async (folder?: string) =>
        (await registry.listModelFiles(name, '1', folder === undefined ? {} : { folder })).map(
          ({ path }) => path,
        );
      expect(await paths()).toEqual(['MLmodel', 'data']);
      expect(await paths('data')).toEqual(['data/model.bin']);
      const { content } = await registry.openModelFile(name, '1', 'data/model.bin');
      for await (const piece of content) expect(piece).toHaveLength(4);
      expect(await registry.getDownloadUri(name, '1')).toMatch(/^[a-z][\w+.-]+:/);
    });

    itUsing(exceptions, 'moveMlflowStage')("move it in MLflow's own stages", async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name }] = await createVersions(4);
      const stageOf = async (version: string) =>
        (await registry.getModelVersion(name, version)).mlflowStage;
      for (const version of ['1', '2']) {
        await registry.moveMlflowStage({ name, version, stage: 'Production' });
      }
      expect([await stageOf('1'), await stageOf('2')]).toEqual(['Production', 'Production']);
      const moved = await registry.moveMlflowStage({
        name,
        version: '3',
        stage: 'Production',
        others: 'archive',
      });
      expect(moved).toMatchObject({ version: '3', mlflowStage: 'Production' });
      expect([await stageOf('1'), await stageOf('2')]).toEqual(['Archived', 'Archived']);
      const latest = await registry.findLatestVersions(name);
      expect(latest.map(({ version }) => version).sort()).toEqual(['2', '3', '4']);
      const production = await registry.findLatestVersions(name, ['Production']);
      expect(production.map(({ version }) => version)).toEqual(['3']);
      await expectCode(
        registry.moveMlflowStage({ name, version: '9', stage: 'Staging' }),
        'REGISTRY_VERSION_NOT_FOUND',
      );
    });

    itUsing(exceptions, 'moveMlflowStage')("show in MLflow's stages when ours move", async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      await move(one, 'GNU_Production', null);
      await move(two, 'GNU_Production', '1');
      expect((await registry.getModelVersion(one.name, '1')).mlflowStage).toBe('Archived');
      expect((await registry.getModelVersion(one.name, '2')).mlflowStage).toBe('Production');
    });
  });
}
