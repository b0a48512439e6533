import { describe, expect, it } from 'vitest';
import { type ContractExceptions, itWith } from './contract-exceptions.ts';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with registered models, their versions and aliases. */
export function modelsContract(open: OpenRegistryForTest, exceptions: ContractExceptions): void {
  describe('registered models', () => {
    it('gives back what was created', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      const name = freshModelName();
      const created = await registry.createRegisteredModel(name, {
        description: 'Who will leave',
        tags: { team: 'crm' },
      });
      expect(created).toMatchObject({
        name,
        description: 'Who will leave',
        tags: { team: 'crm' },
        aliases: {},
      });
      expect(await registry.findRegisteredModel(name)).toEqual(created);
    });

    it('takes a name once, ensures it any number of times', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      const name = freshModelName();
      await Promise.all([
        registry.ensureRegisteredModel(name),
        registry.ensureRegisteredModel(name),
      ]);
      await expectCode(registry.createRegisteredModel(name), 'REGISTRY_ALREADY_EXISTS', name);
      await expectCode(registry.createRegisteredModel(''), 'REGISTRY_NAME_INVALID');
      expect(await registry.findRegisteredModel(freshModelName())).toBeUndefined();
    });

    it('changes description and tags', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      const { name } = await registry.createRegisteredModel(freshModelName(), { tags: { a: '1' } });
      await registry.updateRegisteredModel(name, { description: 'new' });
      await registry.setRegisteredModelTag(name, 'a', '2');
      await registry.setRegisteredModelTag(name, 'b', '3');
      const model = await registry.findRegisteredModel(name);
      expect(model).toMatchObject({ description: 'new', tags: { a: '2', b: '3' } });
      const unknown = freshModelName();
      await expectCode(
        registry.updateRegisteredModel(unknown, { description: 'x' }),
        'REGISTRY_MODEL_NOT_FOUND',
        unknown,
      );
      await expectCode(
        registry.setRegisteredModelTag(unknown, 'a', 'b'),
        'REGISTRY_MODEL_NOT_FOUND',
      );
    });

    it('searches by name and tag; an absent prompt tag differs from true', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      const name = freshModelName();
      for (const end of ['b', 'a']) await registry.createRegisteredModel(`${name}-${end}`);
      await registry.setRegisteredModelTag(`${name}-b`, 'team', 'crm');
      const search = async (filter: string) =>
        (await registry.searchRegisteredModels({ filter })).items.map((model) => model.name);
      expect(await search(`name LIKE '${name}%'`)).toEqual([`${name}-a`, `${name}-b`]);
      expect(await search(`name LIKE '${name}%' AND tags.team = 'crm'`)).toEqual([`${name}-b`]);
      const noPrompts = "tag.`mlflow.prompt.is_prompt` != 'true'";
      expect(await search(`name LIKE '${name}%' AND ${noPrompts}`)).toHaveLength(2);
      await expectCode(search(`metrics.f1 > 1`), 'REGISTRY_FILTER_INVALID');
    });
  });

  describe('model versions', () => {
    it('counts from 1, in stage None', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [first, second] = await createVersions();
      expect(first).toMatchObject({ version: '1', stage: 'None', aliases: [] });
      expect(first.runId).toMatch(/^[0-9a-f]{32}$/);
      expect(second).toMatchObject({ name: first.name, version: '2' });
      expect(await registry.getModelVersion(first.name, '2')).toEqual(second);
    });

    it('gives each of several versions made at once a number of its own', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name, source }] = await createVersions();
      const made = await Promise.all(
        Array.from({ length: 5 }, () =>
          registry.createModelVersion({ name, source, createdAt: SCENE_TIME }),
        ),
      );
      expect(made.map(({ version }) => version).sort()).toEqual(['3', '4', '5', '6', '7']);
    });

    it('keeps description and tags, and changes them', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name, source }] = await createVersions();
      const made = await registry.createModelVersion({
        name,
        source,
        description: 'first try',
        tags: { rows: '100' },
        createdAt: SCENE_TIME,
      });
      expect(made).toMatchObject({ description: 'first try', tags: { rows: '100' } });
      await registry.updateModelVersion(name, '3', { description: 'better' });
      await registry.setModelVersionTag(name, '3', 'rows', '200');
      expect(await registry.getModelVersion(name, '3')).toMatchObject({
        description: 'better',
        tags: { rows: '200' },
      });
    });

    it('throws naming the model or version that is not there', async () => {
      const { registry, createVersions, freshModelName } = await createContractScene(open);
      const [{ name }] = await createVersions();
      const unknown = freshModelName();
      await expectCode(registry.getModelVersion(unknown, '1'), 'REGISTRY_MODEL_NOT_FOUND', unknown);
      await expectCode(registry.getModelVersion(name, '7'), 'REGISTRY_VERSION_NOT_FOUND', /7/);
      await expectCode(registry.getModelVersion(name, 'x'), 'REGISTRY_VERSION_NOT_FOUND');
      await expectCode(
        registry.createModelVersion({ name: unknown, source: 'x', createdAt: SCENE_TIME }),
        'REGISTRY_MODEL_NOT_FOUND',
      );
    });

    it('searches by name, run, number and tag', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [first] = await createVersions(3);
      const { name, runId } = first;
      await registry.setModelVersionTag(name, '2', 'team', 'crm');
      const search = async (filter: string) =>
        (await registry.searchModelVersions({ filter, orderBy: ['version_number ASC'] })).items
          .map(({ version }) => version)
          .join('');
      const ofModel = `name = '${name}'`;
      expect(await search(ofModel)).toBe('123');
      expect(await search(`${ofModel} AND run_id = '${runId}' AND version_number > 1`)).toBe('23');
      expect(await search(`${ofModel} AND run_id IN ('${runId}') AND tags.team = 'crm'`)).toBe('2');
    });

    itWith(exceptions, 'search-all-versions')('searches by run alone', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ runId }] = await createVersions(3);
      const filter = `run_id = '${runId}' AND version_number > 1`;
      expect((await registry.searchModelVersions({ filter })).items).toHaveLength(2);
    });
  });

  describe('aliases', () => {
    it('point at a version, move, and go', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [first, second] = await createVersions();
      const { name } = first;
      await registry.setAlias(name, 'best', '1');
      expect((await registry.findVersionByAlias(name, 'best'))?.version).toBe('1');
      await registry.setAlias(name, 'best', second.version);
      expect((await registry.findVersionByAlias(name, 'best'))?.aliases).toEqual(['best']);
      expect((await registry.getModelVersion(name, '1')).aliases).toEqual([]);
      expect((await registry.findRegisteredModel(name))?.aliases).toEqual({ best: '2' });
      await registry.deleteAlias(name, 'best');
      expect(await registry.findVersionByAlias(name, 'best')).toBeUndefined();
    });

    it('refuse names that mean something else, and versions that are not there', async () => {
      const { registry, createVersions, freshModelName } = await createContractScene(open);
      const [{ name }] = await createVersions();
      for (const alias of ['', 'latest', 'LATEST', 'v1', 'a b', 'x'.repeat(256)]) {
        await expectCode(registry.setAlias(name, alias, '1'), 'REGISTRY_NAME_INVALID');
      }
      await expectCode(registry.setAlias(name, 'best', '9'), 'REGISTRY_VERSION_NOT_FOUND');
      await expectCode(
        registry.setAlias(freshModelName(), 'best', '1'),
        'REGISTRY_MODEL_NOT_FOUND',
      );
      expect(await registry.findVersionByAlias(freshModelName(), 'best')).toBeUndefined();
    });
  });
}
