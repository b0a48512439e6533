import { verifyLedger } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does when versions move from stage to stage. */
export function stagesContract(open: OpenRegistryForTest): void {
  describe('stages', () => {
    it('lead a version from None to production, aliases and tag following', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one] = await createVersions();
      await move(one, 'Staging', null);
      expect(await registry.findVersionByStage(one.name, 'Staging')).toMatchObject({
        version: '1',
        stage: 'Staging',
        aliases: ['challenger', 'staging'],
        tags: { 'gnu_mlops.stage': 'Staging' },
      });
      await move(one, 'GNU_Production', null);
      expect(await registry.findVersionByStage(one.name, 'Staging')).toBeUndefined();
      expect(await registry.findVersionByStage(one.name, 'GNU_Production')).toMatchObject({
        version: '1',
        stage: 'GNU_Production',
        aliases: ['champion', 'production'],
        tags: { 'gnu_mlops.stage': 'GNU_Production' },
      });
      expect((await registry.findVersionByAlias(one.name, 'champion'))?.version).toBe('1');
      expect(await registry.findVersionByAlias(one.name, 'challenger')).toBeUndefined();
    });

    it('archive the version that held the stage, and keep its own aliases', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      await registry.setAlias(one.name, 'reference', '1');
      await move(one, 'GNU_Production', null);
      const entry = await move(two, 'GNU_Production', '1');
      expect(entry).toMatchObject({ version: '2', fromStage: 'None', displacedVersion: '1' });
      expect(await registry.getModelVersion(one.name, '1')).toMatchObject({
        stage: 'Archived',
        aliases: ['reference'],
        tags: { 'gnu_mlops.stage': 'Archived' },
      });
      expect((await registry.findRegisteredModel(one.name))?.aliases).toEqual({
        champion: '2',
        production: '2',
        reference: '1',
      });
    });

    it.each(['Archived', 'None', 'Staging'] as const)(
      'leave production empty when its version moves to %s',
      async (stage) => {
        const { registry, createVersions, move } = await createContractScene(open);
        const [one] = await createVersions();
        await move(one, 'GNU_Production', null);
        const entry = await move(one, stage, null);
        expect(entry).toMatchObject({ fromStage: 'GNU_Production', toStage: stage });
        expect(await registry.findVersionByStage(one.name, 'GNU_Production')).toBeUndefined();
        expect(await registry.findVersionByAlias(one.name, 'production')).toBeUndefined();
        expect(await registry.getModelVersion(one.name, '1')).toMatchObject({
          stage,
          aliases: stage === 'Staging' ? ['challenger', 'staging'] : [],
          tags: { 'gnu_mlops.stage': stage },
        });
      },
    );

    it('keep staging and production apart', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      await move(one, 'GNU_Production', null);
      await move(two, 'Staging', null);
      expect((await registry.findRegisteredModel(one.name))?.aliases).toEqual({
        champion: '1',
        production: '1',
        challenger: '2',
        staging: '2',
      });
    });

    it('throw REGISTRY_STAGE_CONFLICT naming the holder, and change nothing', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      await move(one, 'GNU_Production', null);
      await expectCode(
        move(two, 'GNU_Production', null),
        'REGISTRY_STAGE_CONFLICT',
        /held by version 1/,
      );
      await expectCode(move(two, 'GNU_Production', '2'), 'REGISTRY_STAGE_CONFLICT');
      await expectCode(move(two, 'Staging', '1'), 'REGISTRY_STAGE_CONFLICT', /held by no version/);
      expect((await registry.getModelVersion(one.name, '2')).stage).toBe('None');
      expect(await registry.readLedger(one.name)).toHaveLength(1);
    });

    it('let exactly one of several equal movers win', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const versions = await createVersions(5);
      const results = await Promise.allSettled(
        versions.map((version) => move(version, 'GNU_Production', null)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await registry.readLedger(versions[0].name)).toHaveLength(1);
    });

    it('accept the stage that a version holds already', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one] = await createVersions();
      await move(one, 'GNU_Production', null);
      const entry = await move(one, 'GNU_Production', '1');
      expect(entry).toMatchObject({ fromStage: 'GNU_Production', displacedVersion: null });
      expect((await registry.getModelVersion(one.name, '1')).stage).toBe('GNU_Production');
    });

    it('write tags and description in the same step', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [one] = await createVersions();
      await registry.moveStage({
        name: one.name,
        version: '1',
        stage: 'Staging',
        expectedHolder: null,
        tags: { accuracy: '0.91' },
        description: 'Passed its gates',
        actor: 'ada',
        reason: 'gates passed',
        evidence: '{"accuracy":0.91}',
        at: SCENE_TIME,
      });
      expect(await registry.getModelVersion(one.name, '1')).toMatchObject({
        description: 'Passed its gates',
        tags: { accuracy: '0.91', 'gnu_mlops.stage': 'Staging' },
      });
    });

    it('refuse a version that has left the stage it was expected in, and change nothing', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      const { name } = one;
      await move(one, 'Staging', null);
      await move(two, 'Staging', '1');
      await expectCode(
        registry.moveStage({
          name,
          version: '1',
          stage: 'GNU_Production',
          expectedHolder: null,
          expectedStage: 'Staging',
          actor: 'ada',
          reason: 'gates passed',
          evidence: '{}',
          at: SCENE_TIME,
        }),
        'REGISTRY_VERSION_CONFLICT',
      );
      expect(await registry.findVersionByStage(name, 'GNU_Production')).toBeUndefined();
      expect(await registry.readLedger(name)).toHaveLength(2);
    });

    it('throw for a version that is not there', async () => {
      const { createVersions, move } = await createContractScene(open);
      const [one] = await createVersions();
      await expectCode(
        move({ ...one, version: '9' }, 'Staging', null),
        'REGISTRY_VERSION_NOT_FOUND',
      );
    });

    it('own their aliases and their tag', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one] = await createVersions();
      const { name } = one;
      await move(one, 'GNU_Production', null);
      await expectCode(registry.setAlias(name, 'champion', '2'), 'REGISTRY_NAME_RESERVED');
      await expectCode(registry.setAlias(name, 'staging', '1'), 'REGISTRY_NAME_RESERVED');
      await expectCode(registry.deleteAlias(name, 'production'), 'REGISTRY_NAME_RESERVED');
      await expectCode(
        registry.setModelVersionTag(name, '2', 'gnu_mlops.stage', 'Staging'),
        'REGISTRY_NAME_RESERVED',
      );
      await registry.setAlias(name, 'champion', '1');
      expect((await registry.findVersionByAlias(name, 'champion'))?.version).toBe('1');
    });
  });

  describe('the ledger', () => {
    it('tells every move of a model, oldest first, in a chain that verifies', async () => {
      const { registry, createVersions, move } = await createContractScene(open);
      const [one, two] = await createVersions();
      const [other] = await createVersions();
      await move(one, 'Staging', null);
      await move(other, 'Staging', null);
      const promoted = await move(one, 'GNU_Production', null);
      await move(two, 'Staging', null);
      await move(two, 'GNU_Production', '1');
      const ledger = await registry.readLedger(one.name);
      expect(ledger.map(({ version, toStage }) => `${version} ${toStage}`)).toEqual([
        '1 Staging',
        '1 GNU_Production',
        '2 Staging',
        '2 GNU_Production',
      ]);
      expect(ledger[1]).toEqual(promoted);
      expect(ledger[3]).toMatchObject({
        modelName: one.name,
        fromStage: 'Staging',
        displacedVersion: '1',
        actor: 'tester',
        evidence: '{"checked":true}',
      });
      expect(verifyLedger(ledger)).toEqual({ isValid: true, entryCount: 4, problems: [] });
      expect(verifyLedger(await registry.readLedger(other.name)).isValid).toBe(true);
    });

    it('is empty for a model that never moved', async () => {
      const { registry, freshModelName } = await createContractScene(open);
      expect(await registry.readLedger(freshModelName())).toEqual([]);
    });
  });
}
