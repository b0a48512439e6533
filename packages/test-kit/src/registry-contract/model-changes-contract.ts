import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing } from './contract-exceptions.ts';
import { type OpenRegistryForTest, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does when registered models are renamed, untagged and deleted. */
export function modelChangesContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('changes to registered models', () => {
    itUsing(exceptions, 'renameRegisteredModel')(
      'rename it, with versions, aliases and tags',
      async () => {
        const { registry, createVersions, freshModelName } = await createContractScene(open);
        const [{ name }] = await createVersions();
        await registry.setAlias(name, 'best', '2');
        await registry.setRegisteredModelTag(name, 'team', 'crm');
        await registry.setModelVersionTag(name, '1', 'rows', '7');
        const newName = freshModelName();
        await registry.renameRegisteredModel(name, newName);
        expect(await registry.findRegisteredModel(name)).toBeUndefined();
        expect(await registry.findRegisteredModel(newName)).toMatchObject({
          aliases: { best: '2' },
          tags: { team: 'crm' },
        });
        expect((await registry.getModelVersion(newName, '1')).tags).toMatchObject({ rows: '7' });
        expect((await registry.findVersionByAlias(newName, 'best'))?.version).toBe('2');
        await expectCode(registry.getModelVersion(name, '1'), 'REGISTRY_MODEL_NOT_FOUND');
        await registry.createRegisteredModel(name);
        await expectCode(registry.renameRegisteredModel(newName, name), 'REGISTRY_ALREADY_EXISTS');
        await expectCode(
          registry.renameRegisteredModel(freshModelName(), freshModelName()),
          'REGISTRY_MODEL_NOT_FOUND',
        );
      },
    );

    itUsing(exceptions, 'renameRegisteredModel')('carry its stages and ledger over', async () => {
      const { registry, createVersions, freshModelName, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      await move(one, 'GNU_Production', null);
      const name = freshModelName();
      await registry.renameRegisteredModel(one.name, name);
      expect((await registry.findVersionByStage(name, 'GNU_Production'))?.version).toBe('1');
      await move({ ...two, name }, 'GNU_Production', '1');
      const ledger = await registry.readLedger(name);
      expect(ledger.map(({ version }) => version)).toEqual(['1', '2']);
    });

    itUsing(exceptions, 'deleteRegisteredModelTag')('take a tag away, or nothing', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      const { name } = await registry.createRegisteredModel(freshModelName(), { tags: { a: '1' } });
      await registry.deleteRegisteredModelTag(name, 'a');
      await registry.deleteRegisteredModelTag(name, 'a');
      expect((await registry.findRegisteredModel(name))?.tags).toEqual({});
      await expectCode(
        registry.deleteRegisteredModelTag(freshModelName(), 'a'),
        'REGISTRY_MODEL_NOT_FOUND',
      );
    });

    itUsing(exceptions, 'deleteRegisteredModel')(
      'delete it, and let its name be used',
      async () => {
        const { registry, createVersions } = await createContractScene(open);
        const [{ name }] = await createVersions();
        await registry.deleteRegisteredModel(name);
        expect(await registry.findRegisteredModel(name)).toBeUndefined();
        expect((await registry.searchModelVersions({ filter: `name = '${name}'` })).items).toEqual(
          [],
        );
        await expectCode(registry.deleteRegisteredModel(name), 'REGISTRY_MODEL_NOT_FOUND', name);
        expect((await registry.createRegisteredModel(name)).aliases).toEqual({});
      },
    );

    itUsing(exceptions, 'deleteRegisteredModel')(
      'do not delete it while a version is in production',
      async () => {
        const { registry, createVersions, move } = await createContractScene(open);
        const [one, two] = await createVersions();
        await move(one, 'GNU_Production', null);
        await move(two, 'Staging', null);
        const code = 'REGISTRY_STAGE_HELD';
        await expectCode(registry.deleteRegisteredModel(one.name), code, one.name);
        await expectCode(registry.deleteModelVersion(one.name, '1'), code, 'GNU_Production');
        await expectCode(registry.deleteModelVersion(one.name, '2'), code, 'Staging');
        await move(one, 'Archived', null);
        await registry.deleteModelVersion(one.name, '1');
        expect(await registry.readLedger(one.name)).toHaveLength(3);
      },
    );
  });
}
