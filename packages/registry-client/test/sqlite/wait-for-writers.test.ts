import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { waitForWriters } from '../../src/sqlite/wait-for-writers.ts';
import { StoreBusyError } from '../../src/store-errors.ts';

async function openLocked(busyTimeoutMs: number) {
  const path = `${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(`sqlite:///${path}`, { busyTimeoutMs });
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1 });
  const other = new DatabaseSync(path);
  onTestFinished(async () => {
    other.close();
    await registry.close();
  });
  other.exec('BEGIN IMMEDIATE');
  return { registry, runId, unlock: () => other.exec('COMMIT') };
}

it('goes on with everything else while another process writes', async () => {
  const { registry, runId, unlock } = await openLocked(20_000);
  const file = new TextEncoder().encode('flavors: {}');
  const writes = [
    ...Array.from({ length: 4 }, (_, i) => registry.createExperiment(`e${i}`)),
    registry.uploadArtifact(runId, 'MLmodel', file),
    registry.collectGarbage({ deletedBefore: 1, mode: 'remove' }),
  ];
  await setTimeout(50);
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    expect((await registry.getRun(runId)).runId).toBe(runId);
    await setTimeout(1);
    expect(performance.now() - begun).toBeLessThan(5000);
  }
  unlock();
  await Promise.all(writes);
  expect((await registry.searchExperiments()).items).toHaveLength(5);
  expect(await registry.downloadArtifact(runId, 'MLmodel')).toEqual(file);
});

it('throws REGISTRY_STORE_BUSY at all that wait when it takes too long, and goes on', async () => {
  const { registry, runId, unlock } = await openLocked(100);
  const gone = [
    registry.createExperiment('a'),
    registry.createExperiment('b'),
    registry.uploadArtifact(runId, 'a', new Uint8Array(1)),
  ];
  await Promise.all(gone.map((write) => expectCode(write, 'REGISTRY_STORE_BUSY', /try again/)));
  unlock();
  await registry.createExperiment('a');
  expect(await registry.listArtifacts(runId)).toEqual([]);
});

it('lets only the first that waits try again, and does nothing twice', async () => {
  const patiently = waitForWriters(60_000);
  const done: string[] = [];
  let tries = 0;
  let isBusy = true;
  const write = (name: string) => () => {
    tries++;
    if (isBusy) throw new StoreBusyError('/mlflow.db');
    done.push(name);
  };
  const names = Array.from({ length: 40 }, (_, i) => `w${i}`);
  const writes = names.map((name) => patiently(write(name)));
  await setTimeout(100);
  expect(tries).toBeLessThan(100);
  isBusy = false;
  await Promise.all(writes);
  expect(done).toEqual(names);
});

it('passes on what else goes wrong, also after it has waited', async () => {
  const patiently = waitForWriters(60_000);
  let tries = 0;
  const work = () => {
    throw ++tries === 1 ? new StoreBusyError('/mlflow.db') : new Error('half way');
  };
  await expect(patiently(work)).rejects.toThrow('half way');
  await expect(patiently(work)).rejects.toThrow('half way');
  expect(tries).toBe(3);
});
