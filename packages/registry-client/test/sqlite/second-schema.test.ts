import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import type { Registry } from '../../src/registry.ts';
import { sha256Hex } from '../../src/sha256.ts';
import { schema1 } from '../../src/sqlite/schema-1.ts';
import { schema2 } from '../../src/sqlite/schema-2.ts';
import { startProcess } from '../processes/start-process.ts';

/** More than are searched one by one, so that the indexes count. */
const RUN_COUNT = 5000;
const LONG = 'long '.repeat(40);

it('never changes a schema that stores were made with', () => {
  expect(sha256Hex(schema2)).toBe(
    '351e6dd89ba7d142a6df709bbb4daff4cdaf7a98ae2b933601bfe15a82c7f2f0',
  );
});

it('finds the runs of a store of the second schema by everything that they have', async () => {
  const registry = await open(makeSecondSchema());
  await expectAllFound(registry);
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1e9 });
  await registry.logBatch(runId, {
    params: { index: 'new' },
    metrics: [{ key: 'm', value: 1e9, timestamp: 0, step: 0 }],
  });
  expect(await find(registry, '', ['metrics.m DESC'])).toEqual([runId, idOf(RUN_COUNT - 1)]);
});

it('is brought up to date by whoever comes after processes that were killed doing so', async () => {
  const path = makeSecondSchema();
  const random = createRandom(3);
  for (let kill = 0; kill < 6; kill++) {
    const child = await startProcess('open-store.ts', [`sqlite:///${path}`]);
    const exited = once(child, 'exit');
    child.send('open');
    await setTimeout(20 + random.nextInt(250));
    child.kill('SIGKILL');
    await exited;
  }
  const registry = await open(path);
  await expectAllFound(registry);
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
});

it('lets a process that knows the second schema only write nothing that would not be found', async () => {
  const path = makeSecondSchema();
  const old = new DatabaseSync(path);
  onTestFinished(() => old.close());
  const registry = await open(path);
  expect(() => {
    old.exec(`INSERT INTO runs (run_id, run_name, experiment_id, status, start_time, user_id,
      lifecycle_stage) VALUES ('f', 'late', 0, 'RUNNING', 0, 'ada', 'active')`);
  }).toThrow(/open it anew/);
  for (const table of ['run_params', 'run_tags']) {
    const insert = `INSERT INTO ${table} (run_id, key, value) VALUES ('${idOf(1)}', 'k', 'v')`;
    expect(() => old.exec(insert), table).toThrow(/open it anew/);
  }
  expect((await registry.getRun(idOf(1))).params).toEqual({ index: '1' });
});

async function expectAllFound(registry: Registry): Promise<void> {
  expect(await find(registry, `params.index = '4321'`)).toEqual([idOf(4321)]);
  expect(await find(registry, 'metrics.m > 4997')).toEqual([idOf(4999), idOf(4998)]);
  expect(await find(registry, `tags.note LIKE '%4000'`)).toEqual([idOf(4000)]);
  expect(await find(registry, `datasets.digest = 'd3000'`)).toEqual([idOf(3000)]);
  expect(await find(registry, '', ['tags.note DESC'])).toEqual([idOf(4000), idOf(3000)]);
  expect(await find(registry, '', ['start_time ASC'])).toEqual([idOf(0), idOf(1)]);
  expect(await find(registry, 'end_time IS NULL')).toEqual([idOf(2000)]);
}

/** The first two. */
async function find(registry: Registry, filter: string, orderBy: string[] = []): Promise<string[]> {
  const request = { experimentIds: ['0'], filter, orderBy, maxResults: 2 };
  return (await registry.searchRuns(request)).items.map(({ runId }) => runId);
}

async function open(path: string): Promise<Registry> {
  const registry = await openRegistry(`sqlite:///${path}`);
  onTestFinished(() => registry.close());
  return registry;
}

function idOf(run: number): string {
  return ((run * 7919) % 99_991).toString(16).padStart(32, '0');
}

/** A store as this package left it behind before runs had numbers. */
function makeSecondSchema(): string {
  const path = `${temporaryFolder()}/mlflow.db`;
  const database = new DatabaseSync(path);
  database.exec(`BEGIN; ${schema1} ${schema2}
    PRAGMA application_id = 0x474e554d; PRAGMA user_version = 2;
    INSERT INTO experiments (experiment_id, name, lifecycle_stage, creation_time, last_update_time)
      VALUES (0, 'Default', 'active', 1, 1)`);
  const addRun = database.prepare(
    `INSERT INTO runs (run_id, run_name, experiment_id, status, start_time, end_time, user_id,
       lifecycle_stage) VALUES (?, 'old', 0, 'FINISHED', ?, ?, 'ada', 'active')`,
  );
  const addMetric = database.prepare(
    `INSERT INTO latest_metrics (run_id, experiment_id, key, value, timestamp, step)
     VALUES (?, 0, 'm', ?, 0, 0)`,
  );
  const addParam = database.prepare(`INSERT INTO run_params VALUES (?, 'index', ?)`);
  const addTag = database.prepare(`INSERT INTO run_tags VALUES (?, 'note', ?)`);
  const addInput = database.prepare(
    `INSERT INTO run_inputs (run_id, name, digest, source_type, source)
     VALUES (?, 'a.csv', ?, 'local', '{}')`,
  );
  for (let run = 0; run < RUN_COUNT; run++) {
    addRun.run(idOf(run), run, run === 2000 ? null : run);
    addMetric.run(idOf(run), run);
    addParam.run(idOf(run), String(run));
    if (run % 1000 !== 0) continue;
    addTag.run(idOf(run), `${LONG}${run}`);
    addInput.run(idOf(run), `d${run}`);
  }
  database.exec('COMMIT');
  database.close();
  return path;
}
