import { expectCode, registryContract } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerEntry, ModelVersion } from '../../src/entities.ts';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import { type MlflowServer, startMlflowServer, whyNoMlflow } from './start-mlflow-server.ts';

const reason = whyNoMlflow();

describe.skipIf(reason !== undefined)(`a real MLflow server ${reason ?? ''}`, () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflowServer();
  }, 180_000);
  afterAll(() => server.stop());

  registryContract('the HTTP registry', () => openRegistry(server.address), {
    refuses: ['collectGarbage'],
  });

  it('lets exactly one of many movers with clients of their own win, round after round', async () => {
    const registries = await Promise.all(
      Array.from({ length: 6 }, () => openRegistry(server.address)),
    );
    const [registry] = registries as [Registry];
    const versions = await createVersions(registry, 6);
    const { name } = versions[0]!;
    let holder: string | null = null;
    for (let round = 1; round <= 4; round++) {
      const expectedHolder: string | null = holder;
      const movers: ModelVersion[] = versions.filter(({ version }) => version !== expectedHolder);
      const results: PromiseSettledResult<LedgerEntry>[] = await Promise.allSettled(
        movers.map(({ version }, i) =>
          registries[i]!.moveStage({
            name,
            version,
            stage: 'GNU_Production',
            expectedHolder,
            actor: `mover ${i}`,
            reason: 'race',
            evidence: '{}',
            at: round,
          }),
        ),
      );
      const won = results.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({ code: 'REGISTRY_STAGE_CONFLICT' });
        }
      }
      holder = won[0]!.value.version;
      expect((await registry.findRegisteredModel(name))?.aliases).toEqual({
        champion: holder,
        production: holder,
      });
      const { items } = await registry.searchModelVersions({ filter: `name = '${name}'` });
      const inProduction = items.filter(({ stage }) => stage === 'GNU_Production');
      expect(inProduction.map(({ version }) => version)).toEqual([holder]);
    }
    expect(verifyLedger(await registry.readLedger(name))).toMatchObject({
      isValid: true,
      entryCount: 4,
    });
  });

  it('completes the move of a mover that died after it had won', async () => {
    const dying = await openRegistry(server.address, {
      http: {
        maxAttempts: 1,
        fetch: (input, init) =>
          init?.method !== 'GET' && String(input).includes('/model-versions/')
            ? Promise.reject(new TypeError('died'))
            : fetch(input, init),
      },
    });
    const registry = await openRegistry(server.address);
    const [{ name }] = (await createVersions(registry, 2)) as [ModelVersion];
    const facts = {
      name,
      stage: 'GNU_Production',
      actor: 'ada',
      reason: '',
      evidence: '{}',
    } as const;
    const first = { ...facts, version: '1', expectedHolder: null, tags: { f1: '0.9' }, at: 1 };
    await expectCode(dying.moveStage(first), 'REGISTRY_REMOTE_UNAVAILABLE');
    expect(await registry.findVersionByStage(name, 'GNU_Production')).toBeUndefined();
    const late = { ...facts, version: '2', expectedHolder: null, at: 2 };
    await expectCode(registry.moveStage(late), 'REGISTRY_STAGE_CONFLICT', 'held by version 1');
    expect(await registry.findVersionByStage(name, 'GNU_Production')).toMatchObject({
      version: '1',
      stage: 'GNU_Production',
      tags: { f1: '0.9' },
    });
    await registry.moveStage({ ...late, expectedHolder: '1' });
    expect((await registry.getModelVersion(name, '1')).stage).toBe('Archived');
    expect(await registry.readLedger(name)).toHaveLength(2);
  });

  it('goes on where another client has deleted the version that a dead mover had moved', async () => {
    const dying = await openRegistry(server.address, {
      http: {
        maxAttempts: 1,
        fetch: (input, init) =>
          init?.method !== 'GET' && String(input).includes('/model-versions/')
            ? Promise.reject(new TypeError('died'))
            : fetch(input, init),
      },
    });
    const registry = await openRegistry(server.address);
    const [{ name }] = (await createVersions(registry, 2)) as [ModelVersion];
    const facts = { name, stage: 'Staging', actor: 'ada', reason: '', evidence: '{}' } as const;
    const first = { ...facts, version: '1', expectedHolder: null, tags: { f1: '0.9' }, at: 1 };
    await expectCode(dying.moveStage(first), 'REGISTRY_REMOTE_UNAVAILABLE');
    await registry.deleteModelVersion(name, '1');
    await registry.moveStage({ ...facts, version: '2', expectedHolder: null, at: 2 });
    expect((await registry.findVersionByStage(name, 'Staging'))?.version).toBe('2');
    expect(verifyLedger(await registry.readLedger(name)).isValid).toBe(true);
  });

  it('keeps long reasons and evidence in any script whole in the ledger', async () => {
    const registry = await openRegistry(server.address);
    const [{ name, version }] = (await createVersions(registry, 1)) as [ModelVersion];
    const reason = 'weil é 漢字 😀 and "quotes" \\ '.repeat(2000);
    const evidence = JSON.stringify({ spaces: ' '.repeat(5000) });
    const move = { stage: 'Staging', expectedHolder: null, actor: 'ada', at: 1 } as const;
    const entry = await registry.moveStage({ ...move, name, version, reason, evidence });
    expect(await registry.readLedger(name)).toEqual([entry]);
    expect(entry).toMatchObject({ reason, evidence });
  });
});

async function createVersions(registry: Registry, count: number): Promise<ModelVersion[]> {
  const { name } = await registry.createRegisteredModel(`race-${globalThis.crypto.randomUUID()}`);
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1 });
  const versions: ModelVersion[] = [];
  while (versions.length < count) {
    versions.push(
      await registry.createModelVersion({ name, source: `runs:/${runId}/model`, createdAt: 1 }),
    );
  }
  return versions;
}
