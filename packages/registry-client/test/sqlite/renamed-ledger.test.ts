import type { Stage } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { verifyLedger } from '../../src/ledger-chain.ts';
import { openRegistry } from '../../src/open-registry.ts';

it('follows a model through its names, and ends where another model took an old one', async () => {
  const { registry, addModel, move } = await prepare();
  await addModel('a');
  await move('a', 'GNU_Production', null);
  await registry.renameRegisteredModel('a', 'b');
  await registry.renameRegisteredModel('b', 'c');
  await addModel('a');
  await move('a', 'Staging', null);
  await move('c', 'Archived', null);
  const told = async (name: string) =>
    (await registry.readLedger(name)).map(({ modelName, toStage }) => `${modelName} ${toStage}`);
  expect(await told('c')).toEqual(['a GNU_Production', 'c Archived']);
  expect(await told('a')).toEqual(['a GNU_Production', 'a Staging']);
  expect(await told('b')).toEqual([]);
  for (const name of ['a', 'c']) {
    expect(verifyLedger(await registry.readLedger(name))).toMatchObject({
      isValid: true,
      entryCount: 2,
    });
  }
});

it('goes back and forth between two names without telling anything twice', async () => {
  const { registry, addModel, move } = await prepare();
  await addModel('a');
  await move('a', 'Staging', null);
  for (const [from, to] of ['ab', 'ba', 'ab']) {
    await registry.renameRegisteredModel(from!, to!);
  }
  await move('b', 'GNU_Production', null);
  const ledger = await registry.readLedger('b');
  expect(ledger.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(verifyLedger(ledger).isValid).toBe(true);
});

it('keeps what a deleted model did', async () => {
  const { registry, addModel, move } = await prepare();
  await addModel('a');
  await move('a', 'GNU_Production', null);
  await move('a', 'Archived', null);
  await registry.deleteRegisteredModel('a');
  expect(verifyLedger(await registry.readLedger('a'))).toMatchObject({
    isValid: true,
    entryCount: 2,
  });
});

async function prepare() {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  onTestFinished(() => registry.close());
  return {
    registry,
    async addModel(name: string): Promise<void> {
      await registry.createRegisteredModel(name);
      await registry.createModelVersion({ name, source: 'elsewhere', createdAt: 0 });
    },
    move: (name: string, stage: Stage, expectedHolder: string | null) =>
      registry.moveStage({
        name,
        version: '1',
        stage,
        expectedHolder,
        actor: 'ada',
        reason: '',
        evidence: '{}',
        at: 0,
      }),
  };
}
