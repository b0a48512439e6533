import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { SOURCE_FLAGS, expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';

const script = fileURLToPath(new URL('../processes/report-open.ts', import.meta.url));

/** Part of Linux: the command that comes after it has mounts of its own. */
const [unshare, ...ownMounts] = ['unshare', '--user', '--map-root-user', '--mount'] as const;

it('opens no file outside of its own, whatever the database names', async () => {
  const { folder, registry, runId } = await openWithArtifact();
  writeFileSync(`${folder}/secret.txt`, 'secret');
  change(folder, `UPDATE artifacts SET sha256 = '../../../secret.txt'`);
  const opened = registry.openArtifact(runId, 'note.txt');
  await expectCode(opened, 'REGISTRY_ARTIFACT_DAMAGED', /names no file of this store/);
});

it('collects no garbage behind links, nor files that it never wrote', async () => {
  const { folder, registry } = await openWithArtifact();
  const name = 'ab'.repeat(32);
  const [blobs, uploads] = [`${folder}/mlartifacts/blobs`, `${folder}/mlartifacts/.uploads`];
  mkdirSync(`${folder}/elsewhere`);
  writeFileSync(`${folder}/elsewhere/${name}`, 'of somebody else');
  symlinkSync(`${folder}/elsewhere`, `${blobs}/ab`);
  const died = '01234567-89ab-cdef-0123-456789abcdef';
  for (const file of [`${uploads}/mine.txt`, `${uploads}/${died}`]) {
    writeFileSync(file, 'x');
    utimesSync(file, 0, 0);
  }
  const report = await registry.collectGarbage({ deletedBefore: Date.now(), mode: 'remove' });
  expect(report.fileCount).toBe(0);
  expect(readdirSync(`${folder}/elsewhere`)).toEqual([name]);
  expect(readdirSync(uploads)).toEqual(['mine.txt']);
});

it.each([
  ['a table is gone', 'DROP TABLE run_params', /no such table/],
  ['an index is gone', 'DROP INDEX runs_newest_first', /no such index/],
  ['a column is gone', 'ALTER TABLE runs RENAME COLUMN user_id TO who', /no such column/],
])('throws REGISTRY_STORE_UNAVAILABLE where %s', async (_, sql, problem) => {
  const { folder, registry } = await openWithArtifact();
  change(folder, sql);
  const filter = "user_id = 'ada' AND params.a = 'b'";
  const search = registry.searchRuns({ experimentIds: ['0'], filter });
  await expectCode(search, 'REGISTRY_STORE_UNAVAILABLE', problem);
});

it('throws REGISTRY_STORE_UNAVAILABLE for a negative schema version, and changes nothing', async () => {
  const { folder, registry } = await openWithArtifact();
  await registry.close();
  change(folder, 'PRAGMA user_version = -1');
  const opening = openRegistry(`sqlite:///${folder}/mlflow.db`);
  await expectCode(opening, 'REGISTRY_STORE_UNAVAILABLE', /negative/);
});

it.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, 3 * 4096)],
  ['overwritten in the middle', (bytes: Buffer) => bytes.fill(0x41, 3 * 4096)],
])('throws REGISTRY_STORE_UNAVAILABLE for a database that was %s', async (_, damage) => {
  const { folder, registry } = await openWithArtifact();
  await registry.close();
  const path = `${folder}/mlflow.db`;
  writeFileSync(path, damage(readFileSync(path)));
  const searching = openRegistry(`sqlite:///${path}`).then(async (damaged) => {
    onTestFinished(() => damaged.close());
    return damaged.searchRuns({ experimentIds: ['0'] });
  });
  await expectCode(searching, 'REGISTRY_STORE_UNAVAILABLE', /damaged/);
});

it('throws REGISTRY_STORE_UNAVAILABLE on a disk that can only be read', async (context) => {
  const { folder, registry } = await openWithArtifact();
  await registry.close();
  const mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  const onReadOnly = (command: readonly string[]) => {
    const parameters = [...ownMounts, 'sh', '-c', mount, folder, ...command];
    return spawnSync(unshare, parameters, { encoding: 'utf8' });
  };
  if (onReadOnly(['true']).status !== 0) {
    context.skip('This machine does not let us make a read-only disk (unshare and a bind mount).');
  }
  const node = [process.execPath, ...SOURCE_FLAGS, script];
  const { stdout, stderr } = onReadOnly([...node, `sqlite:///${folder}/mlflow.db`]);
  expect([stdout, stderr]).toEqual([expect.stringContaining('REGISTRY_STORE_UNAVAILABLE'), '']);
  expect(stdout).toMatch(/can only be read|cannot be opened/);
  const { stdout: made } = onReadOnly([...node, `sqlite:///${folder}/new/mlflow.db`]);
  expect(made).toContain('REGISTRY_STORE_UNAVAILABLE');
});

it('answers the longest filter over many experiments', async () => {
  const { registry } = await openWithArtifact();
  const experimentIds = ['0'];
  for (let i = 0; i < 99; i++) {
    experimentIds.push((await registry.createExperiment(`${i}`)).experimentId);
  }
  for (let startTime = 0; startTime < 2100; startTime++) {
    await registry.createRun({ experimentId: experimentIds[startTime % 100]!, startTime });
  }
  const conditions = Array.from({ length: 200 }, (_, i) => `params.p${i} = 'x'`);
  const filter = `${conditions.slice(1).join(' OR ')} OR end_time IS NULL`;
  const found = await registry.searchRuns({ experimentIds, filter, maxResults: 3 });
  expect(found.items.map(({ startTime }) => startTime)).toEqual([2099, 2098, 2097]);
});

async function openWithArtifact(): Promise<{ folder: string; registry: Registry; runId: string }> {
  const folder = temporaryFolder();
  const registry = await openRegistry(`sqlite:///${folder}/mlflow.db`);
  onTestFinished(() => registry.close());
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
  await registry.uploadArtifact(runId, 'note.txt', new TextEncoder().encode('a note'));
  return { folder, registry, runId };
}

function change(folder: string, sql: string): void {
  const database = new DatabaseSync(`${folder}/mlflow.db`, { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}
