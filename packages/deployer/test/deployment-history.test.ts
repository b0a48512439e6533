import { describe, expect, it } from 'vitest';
import { deploymentHistory, versionInStageAt } from '../src/index.ts';
import { createWorld } from './deployment-world.ts';
import { ledgerOf } from './ledger-entries.ts';

describe('deploymentHistory', () => {
  it('tells every move, newest first, with its verdicts and a verified chain', async () => {
    const { registry, addVersion, deployToProduction, rollBack } = await createWorld();
    for (const version of ['1', '2']) {
      await addVersion({ accuracy: 0.9 });
      await deployToProduction(version);
    }
    await rollBack();
    const { entries, verification } = deploymentHistory(await registry.readLedger('churn'));
    expect(entries.map(({ action, version, toStage }) => [action, version, toStage])).toEqual([
      ['rollback', '1', 'GNU_Production'],
      ['promote', '2', 'GNU_Production'],
      ['promote', '2', 'Staging'],
      ['promote', '1', 'GNU_Production'],
      ['promote', '1', 'Staging'],
    ]);
    expect(entries[0]).toMatchObject({
      sequence: 5,
      at: '2026-01-01T00:00:05.000Z',
      fromStage: 'Archived',
      archivedVersion: '2',
      actor: 'ada',
      verdicts: [],
    });
    expect(entries[1]!.verdicts).toMatchObject([{ gate: 'accuracy', verdict: 'pass' }]);
    expect(verification).toMatchObject({ isValid: true, entryCount: 5, problems: [] });
  });

  it('shows that an entry was changed', async () => {
    const { registry, addVersion, deployToProduction } = await createWorld();
    await addVersion({ accuracy: 0.9 });
    await deployToProduction('1');
    const ledger = await registry.readLedger('churn');
    const forged = ledger.map((entry, index) => (index === 0 ? { ...entry, actor: 'eve' } : entry));
    expect(deploymentHistory(forged).verification).toMatchObject({
      isValid: false,
      problems: [{ sequence: 1, problem: 'hash_mismatch' }],
    });
  });

  it.each(['', 'not json', 'null', '[]', '{"action":"delete"}', '{"verdicts":[{}]}'])(
    'takes the evidence %j of another program for a move without verdicts',
    (evidence) => {
      const ledger = ledgerOf({ version: '1', to: 'Staging' }).map((entry) => ({
        ...entry,
        evidence,
      }));
      expect(deploymentHistory(ledger).entries).toMatchObject([{ action: 'move', verdicts: [] }]);
    },
  );

  it('leaves out verdicts that are none', () => {
    const ledger = ledgerOf({ version: '1', to: 'Staging' }).map((entry) => ({
      ...entry,
      evidence: JSON.stringify({ action: 'promote', verdicts: [null, 7, { gate: 'accuracy' }] }),
    }));
    expect(deploymentHistory(ledger).entries[0]!.verdicts).toEqual([]);
  });
});

describe('versionInStageAt on a real ledger', () => {
  it('answers which version was in production at a time', async () => {
    const { registry, clock, addVersion, deployToProduction } = await createWorld();
    const start = clock.now();
    for (const version of ['1', '2']) {
      await addVersion({ accuracy: 0.9 });
      await deployToProduction(version);
    }
    const ledger = await registry.readLedger('churn');
    const at = (seconds: number) =>
      versionInStageAt(ledger, 'GNU_Production', start + seconds * 1000);
    expect([0, 1, 2, 3, 3.999, 4, 1e6].map(at)).toEqual([
      undefined,
      undefined,
      '1',
      '1',
      '1',
      '2',
      '2',
    ]);
  });
});
