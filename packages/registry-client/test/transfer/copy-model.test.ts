import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import type { Registry } from '../../src/registry.ts';
import { copyModel } from '../../src/transfer/copy.ts';
import {
  MODEL_BYTES,
  failingAfter,
  logRun,
  openEmbedded,
  registerModel,
  runsOf,
} from './transfer-scene.ts';

const request = { name: 'churn', actor: 'mover', now: () => 100_000 };

async function expectCopied(from: Registry, to: Registry): Promise<void> {
  const [original, copy] = await Promise.all(
    [from, to].map((one) => one.findRegisteredModel('churn')),
  );
  expect(copy).toMatchObject({
    description: original!.description,
    tags: original!.tags,
    aliases: { best: '1', production: '2', champion: '2', staging: '3', challenger: '3' },
  });
  for (const version of ['1', '2', '3']) {
    const [before, after] = await Promise.all(
      [from, to].map((one) => one.getModelVersion('churn', version)),
    );
    expect(after).toMatchObject({
      stage: before!.stage,
      description: before!.description,
      creationTime: before!.creationTime,
      tags: { accuracy: '0.9', 'gnu_mlops.copied_from': `models:/churn/${version}` },
    });
    expect(after!.source).toBe(`runs:/${after!.runId}/model`);
    expect((await to.getRun(after!.runId!)).tags['gnu_mlops.copied_from']).toBe(before!.runId);
    expect(await to.downloadModelFile('churn', version, 'data/trees.bin')).toEqual(MODEL_BYTES);
  }
  expect(await runsOf(to)).toHaveLength(3);
  const [ledger, copiedLedger] = await Promise.all(
    [from, to].map((one) => one.readLedger('churn')),
  );
  expect(verifyLedger(copiedLedger!).isValid).toBe(true);
  const evidence = copiedLedger!.map((entry) => JSON.parse(entry.evidence).copied_from);
  expect(copiedLedger!.map((entry) => JSON.parse(entry.evidence).gate)).toEqual([0, 1, 2, 3]);
  expect(evidence.map(({ entry }) => entry)).toEqual(ledger);
  expect(copiedLedger!.map(({ at, actor, reason }) => ({ at, actor, reason }))).toEqual(
    ledger!.map(({ at, actor, reason }) => ({ at, actor, reason })),
  );
}

it('copies versions in order, with runs, files, stages, ledger and aliases', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  const copied = await copyModel({ from, to }, request);
  expect(copied).toMatchObject({ stages: 'copied', moveCount: 4, aliases: ['best'] });
  await expectCopied(from, to);

  const again = await copyModel({ from, to }, request);
  expect(again).toMatchObject({ stages: 'copied', moveCount: 0 });
  expect(again.versions.every(({ outcome }) => outcome === 'unchanged')).toBe(true);
  await expectCopied(from, to);
});

it('makes one whole copy out of copies that died anywhere', async () => {
  const from = await openEmbedded();
  await registerModel(from);
  let isWhole = false;
  for (let writes = 0; !isWhole; writes += 13) {
    const to = await openEmbedded();
    isWhole = await copyModel({ from, to: failingAfter(to, writes) }, request).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('killed');
        return false;
      },
    );
    await copyModel({ from, to }, request);
    await expectCopied(from, to);
  }
});

it('goes on where the source did: new versions, moves and aliases', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  await copyModel({ from, to }, request);
  await from.moveStage({
    ...{ name: 'churn', version: '3', stage: 'GNU_Production', expectedHolder: '2' },
    ...{ actor: 'ada', reason: 'better', evidence: '{}', at: 7000 },
  });
  await from.setAlias('churn', 'best', '3');
  const { runId } = await logRun(from, { startTime: 4000 });
  const source = `runs:/${runId}/model`;
  await from.createModelVersion({ name: 'churn', source, createdAt: 4000 });

  const copied = await copyModel({ from, to }, request);
  expect(copied.versions.at(-1)).toMatchObject({ version: '4', outcome: 'copied' });
  expect(copied.moveCount).toBe(1);
  expect((await to.findRegisteredModel('churn'))?.aliases).toMatchObject({
    best: '3',
    champion: '3',
  });
  expect((await to.getModelVersion('churn', '2')).stage).toBe('Archived');
});

it('copies within one registry under another name, with the same runs', async () => {
  const registry = await openEmbedded();
  await registerModel(registry);
  const route = { from: registry, to: registry };
  await expectCode(copyModel(route, request), 'REGISTRY_COPY_TARGET');
  const copied = await copyModel(route, { ...request, newName: 'churn-2' });
  expect(copied).toMatchObject({ name: 'churn-2', stages: 'copied', moveCount: 4 });
  const runIds = (await runsOf(registry)).map(({ runId }) => runId);
  expect(runIds).toHaveLength(3);
  expect(copied.versions.map(({ runId }) => runId)).toEqual(runIds);
});

it('leaves the stages and aliases of a target that has moved versions itself', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  const { runId } = await logRun(to, { experimentName: 'other' });
  await to.createRegisteredModel('churn');
  const own = await to.createModelVersion({
    ...{ name: 'churn', source: `runs:/${runId}/model`, createdAt: 1 },
  });
  await to.moveStage({
    ...{ name: 'churn', version: own.version, stage: 'GNU_Production', expectedHolder: null },
    ...{ actor: 'bob', reason: 'ours', evidence: '{}', at: 6000 },
  });
  await to.setAlias('churn', 'best', own.version);
  const copied = await copyModel({ from, to }, request);
  expect(copied.versions.map(({ version }) => version)).toEqual(['2', '3', '4']);
  expect(copied).toMatchObject({ stages: 'left', leftAliases: ['best'], aliases: [] });
  expect((await to.findVersionByStage('churn', 'GNU_Production'))?.version).toBe('1');
  expect(await to.readLedger('churn')).toHaveLength(1);
});

it('copies a version whose files lie at no run, and one whose number is not the same any more', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  const { runId, artifactUri } = await logRun(from);
  await from.createRegisteredModel('churn');
  const create = (source: string) =>
    from.createModelVersion({ name: 'churn', source, createdAt: 1000 });
  const first = await create(`runs:/${runId}/model`);
  await create(`${artifactUri}/model`);
  await from.deleteModelVersion('churn', first.version);
  const copied = await copyModel({ from, to }, request);
  expect(copied.versions).toMatchObject([{ sourceVersion: '2', version: '1' }]);
  expect(await to.downloadModelFile('churn', '1', 'data/trees.bin')).toEqual(MODEL_BYTES);
  await copyModel({ from, to }, request);
  const { items } = await to.searchModelVersions();
  expect(items).toHaveLength(1);
});

it('copies an alias of any name', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  await from.setAlias('churn', 'constructor', '1');
  const copied = await copyModel({ from, to }, request);
  expect(copied).toMatchObject({ aliases: ['best', 'constructor'], leftAliases: [] });
});

it('moves no version as another model of its name moved one of that number', async () => {
  const from = await openEmbedded();
  const to = await openEmbedded();
  await registerModel(from);
  for (const version of ['2', '3']) {
    await from.moveStage({
      ...{ name: 'churn', version, stage: 'Archived', expectedHolder: null },
      ...{ actor: 'ada', reason: 'the end', evidence: '{}', at: 6000 },
    });
  }
  await from.deleteRegisteredModel('churn');
  await from.createRegisteredModel('churn');
  for (const createdAt of [7000, 8000]) {
    const { runId } = await logRun(from, { startTime: createdAt });
    const source = `runs:/${runId}/model`;
    await from.createModelVersion({ name: 'churn', source, createdAt });
  }
  await from.moveStage({
    ...{ name: 'churn', version: '1', stage: 'Staging', expectedHolder: null },
    ...{ actor: 'ada', reason: 'anew', evidence: '{}', at: 9000 },
  });
  expect(await copyModel({ from, to }, request)).toMatchObject({ moveCount: 1 });
  expect(await to.readLedger('churn')).toMatchObject([
    { version: '1', fromStage: 'None', toStage: 'Staging', at: 9000 },
  ]);
  expect(await copyModel({ from, to }, request)).toMatchObject({ moveCount: 0 });
});

it.each([`it's "churn"`, `it's churn`, `"churn"`, `''""`])(
  'copies a model that is called %s',
  async (name) => {
    const from = await openEmbedded();
    const to = await openEmbedded();
    const { runId } = await logRun(from);
    for (const one of [name, 'its churn']) {
      await from.createRegisteredModel(one);
      const source = `runs:/${runId}/model`;
      await from.createModelVersion({ name: one, source, createdAt: 1 });
    }
    await copyModel({ from, to }, { ...request, name });
    expect(await to.downloadModelFile(name, '1', 'data/trees.bin')).toEqual(MODEL_BYTES);
  },
);
