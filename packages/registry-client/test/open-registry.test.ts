import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { createFakeClock, expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../src/open-registry.ts';

/** The SHA-256 of "x". */
const X_HASH = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

it('makes the file and its folder, and keeps artifacts in mlartifacts beside it', async () => {
  const folder = temporaryFolder();
  const registry = await openRegistry(`sqlite:///${folder}/new/deep/mlflow.db`);
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
  await registry.uploadArtifact(runId, 'note.txt', new TextEncoder().encode('x'));
  await registry.close();
  const path = `${folder}/new/deep/mlartifacts/blobs/${X_HASH.slice(0, 2)}/${X_HASH}`;
  expect(readFileSync(path, 'utf8')).toBe('x');
});

it('keeps artifacts where it is told', async () => {
  const folder = temporaryFolder();
  const artifactRoot = `${folder}/elsewhere`;
  const registry = await openRegistry(`sqlite:///${folder}/mlflow.db`, { artifactRoot });
  const run = await registry.createRun({ experimentId: '0', startTime: 0 });
  await registry.uploadArtifact(run.runId, 'note.txt', new TextEncoder().encode('x'));
  expect(existsSync(`${artifactRoot}/blobs/${X_HASH.slice(0, 2)}/${X_HASH}`)).toBe(true);
  expect(run.artifactUri).toBe(`mlflow-artifacts:/0/${run.runId}/artifacts`);
  await registry.close();
});

it('finds everything again when it is opened anew', async () => {
  const uri = `sqlite:///${temporaryFolder()}/mlflow.db`;
  const first = await openRegistry(uri, { userId: 'ada' });
  const run = await first.createRun({ experimentId: '0', startTime: 5 });
  await first.close();
  const second = await openRegistry(uri);
  expect(await second.getRun(run.runId)).toEqual(run);
  expect(run.userId).toBe('ada');
  expect(second.uri).toBe(uri);
  await second.close();
});

it('takes the time from the clock it is given', async () => {
  const clock = createFakeClock(1000);
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`, clock);
  clock.advance(500);
  expect((await registry.createExperiment('late')).creationTime).toBe(1500);
  expect((await registry.createRegisteredModel('m')).creationTime).toBe(1500);
  await registry.close();
});

it('rejects with REGISTRY_CLOSED after it was closed, which may be done twice', async () => {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  await registry.close();
  await registry.close();
  await expectCode(registry.getExperiment('0'), 'REGISTRY_CLOSED', 'mlflow.db');
  await expectCode(registry.createExperiment('x'), 'REGISTRY_CLOSED');
  await expectCode(registry.searchRuns({ experimentIds: ['0'] }), 'REGISTRY_CLOSED');
});

it('throws REGISTRY_STORE_UNAVAILABLE for a file that is no database', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  writeFileSync(path, 'name,age\nada,36\n'.repeat(100));
  const before = readFileSync(path, 'utf8');
  await expectCode(
    openRegistry(`sqlite:///${path}`),
    'REGISTRY_STORE_UNAVAILABLE',
    /no SQLite database/,
  );
  expect(readFileSync(path, 'utf8')).toBe(before);
});

it('throws REGISTRY_STORE_UNAVAILABLE for a folder, and for a path below a file', async () => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/mlflow.db`);
  writeFileSync(`${folder}/file`, '');
  await expectCode(
    openRegistry(`sqlite:///${folder}/mlflow.db`),
    'REGISTRY_STORE_UNAVAILABLE',
    folder,
  );
  await expectCode(openRegistry(`sqlite:///${folder}/file/a.db`), 'REGISTRY_STORE_UNAVAILABLE');
});

it.skipIf(process.getuid?.() === 0)(
  'throws REGISTRY_STORE_UNAVAILABLE for a file without permissions',
  async () => {
    const path = `${temporaryFolder()}/mlflow.db`;
    writeFileSync(path, '');
    chmodSync(path, 0);
    await expectCode(openRegistry(`sqlite:///${path}`), 'REGISTRY_STORE_UNAVAILABLE', path);
  },
);

it('throws REGISTRY_STORE_FOREIGN for the database of another program, and leaves it alone', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE alembic_version (version_num TEXT)');
  other.close();
  const before = readFileSync(path);
  await expectCode(openRegistry(`sqlite:///${path}`), 'REGISTRY_STORE_FOREIGN', /alembic_version/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

it('throws REGISTRY_STORE_VERSION for a database of a newer version, and leaves it alone', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  await (await openRegistry(`sqlite:///${path}`)).close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const before = readFileSync(path);
  await expectCode(
    openRegistry(`sqlite:///${path}`),
    'REGISTRY_STORE_VERSION',
    /version 99.*Update/,
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});

it('waits for another process that is making the same database', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const opening = openRegistry(`sqlite:///${path}`, { busyTimeoutMs: 30_000 });
  await setTimeout(50);
  other.exec('COMMIT');
  other.close();
  await (await opening).close();
});

it('throws REGISTRY_STORE_BUSY when another process does not finish making the database', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  await expectCode(
    openRegistry(`sqlite:///${path}`, { busyTimeoutMs: 30 }),
    'REGISTRY_STORE_BUSY',
    path,
  );
  other.close();
});

it('throws REGISTRY_STORE_BUSY when another process keeps the lock', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(`sqlite:///${path}`, { busyTimeoutMs: 1 });
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  await expectCode(registry.createExperiment('x'), 'REGISTRY_STORE_BUSY', /try again/);
  other.exec('COMMIT');
  other.close();
  expect((await registry.createExperiment('x')).name).toBe('x');
  await registry.close();
});

it('rejects with the reason of a signal that was aborted', async () => {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  const reason = new Error('changed my mind');
  const options = { signal: AbortSignal.abort(reason) };
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
  for (const call of [
    registry.searchRuns({ experimentIds: ['0'] }, options),
    registry.searchExperiments({}, options),
    registry.searchRegisteredModels({}, options),
    registry.searchModelVersions({}, options),
    registry.searchLoggedModels({ experimentIds: ['0'] }, options),
    registry.getMetricHistory(runId, 'm', options),
    registry.getMetricPage(runId, 'm', options),
    registry.listArtifacts(runId, undefined, options),
    registry.logBatch(runId, { params: { a: '1' } }, options),
  ]) {
    await expect(call).rejects.toBe(reason);
  }
  expect((await registry.getRun(runId)).params).toEqual({});
  await registry.close();
});
