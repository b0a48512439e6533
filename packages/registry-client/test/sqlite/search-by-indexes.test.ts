import { createRandom } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { createBlobStore } from '../../src/sqlite/blob-store.ts';
import { openConnection } from '../../src/sqlite/connection.ts';
import { createExperiment } from '../../src/sqlite/experiments.ts';
import { findFirstRuns } from '../../src/sqlite/first-runs.ts';
import { logBatch } from '../../src/sqlite/log-batch.ts';
import { logInputs } from '../../src/sqlite/log-inputs.ts';
import { matchRuns } from '../../src/sqlite/match-runs.ts';
import { migrateSchema } from '../../src/sqlite/migrations.ts';
import { orderRuns } from '../../src/sqlite/order-runs.ts';
import type { RunRow } from '../../src/sqlite/run-rows.ts';
import { readRunSearch } from '../../src/sqlite/run-search.ts';
import { createRun, deleteRun, updateRun } from '../../src/sqlite/runs.ts';
import { findOneByOne } from '../../src/sqlite/search-runs.ts';
import type { Store } from '../../src/sqlite/store.ts';
import { waitForWriters } from '../../src/sqlite/wait-for-writers.ts';

const RUN_COUNT = 240;
/** More than there are indexes merged. */
const MANY_IDS = Array.from({ length: 150 }, (_, id) => String(id));
const TEXTS = [
  'a',
  'B',
  'ab',
  'A%b',
  'k\0k',
  'K',
  'über',
  'ÜBER',
  '[x]*?',
  `${'long '.repeat(30)}a`,
];

/** What a search asks for, in parts that go together in any way. */
const comparisons = [
  ...['=', '!=', 'LIKE', 'ILIKE'].flatMap((operator) =>
    ['a', 'AB', '%b', '_', '%', 'a%', 'k%', 'ü%', '%A', '[x]%', TEXTS.at(-1)!].flatMap((value) =>
      ['params.p', 'tags.t', 'run_name', 'tags.none', 'datasets.name'].map(
        (key) => `${key} ${operator} '${value}'`,
      ),
    ),
  ),
  ...['>', '<=', '=', '!='].flatMap((operator) =>
    ['metrics.m', 'metrics.ties', 'metrics.none', 'start_time', 'end_time'].map(
      (key) => `${key} ${operator} 3`,
    ),
  ),
  ...['params.p', 'tags.t', 'metrics.m'].flatMap((key) => [`${key} IS NULL`, `${key} IS NOT NULL`]),
  'end_time IS NULL',
  "params.p IN ('a', 'über')",
  "params.p NOT IN ('a', 'B')",
  "status = 'FINISHED'",
  "user_id != 'ada'",
  "lifecycle_stage = 'active'",
  "datasets.digest = 'd1'",
  "datasets.context = 'train'",
  "artifact_uri LIKE '%0/artifacts'",
  "run_id LIKE '%a%'",
];
const criteria = [
  ...['metrics.m', 'metrics.ties', 'metrics.none', 'params.p', 'tags.t', 'tags.none'],
  ...['run_name', 'start_time', 'end_time', 'status', 'user_id', 'run_id', 'artifact_uri'],
].flatMap((key) => [`${key} ASC`, `${key} DESC`]);

const filters = fc.letrec<{ filter: string; part: string }>((tie) => ({
  filter: fc.oneof(
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: tie('part') },
  ),
  part: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...comparisons) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('part'), fc.constantFrom('AND', 'OR'), tie('part'))
        .map(([left, word, right]) => `(${left} ${word} ${right})`),
    },
  ),
})).filter;

const requests = fc.record({
  filter: filters,
  orderBy: fc.array(fc.constantFrom(...criteria), { maxLength: 3 }),
  experimentIds: fc.constantFrom(['0'], ['0', '1'], ['1', '0', '99'], ['1'], MANY_IDS),
  view: fc.constantFrom('active' as const, 'deleted' as const, 'all' as const),
  limit: fc.constantFrom(1, 7, 100, 1000),
  offset: fc.constantFrom(0, 1, 50, 150, 500),
});

it('finds by indexes, and in the order, what SQLite finds one by one', () => {
  const store = makeStore();
  fc.assert(
    fc.property(requests, ({ limit, offset, ...request }) => {
      const search = readRunSearch(request);
      const window = { limit, offset };
      const expected = findOneByOne(store, search, window).map(numberOf);
      for (const fewRuns of [0, 40]) {
        const ordering = { store, search, term: 0, fewRuns };
        expect(orderRuns(ordering, matchRuns(store, search), window)).toEqual(expected);
      }
      const first = findFirstRuns(store, search, window);
      if (first !== undefined) expect(first.map(numberOf)).toEqual(expected);
    }),
    { numRuns: 600, seed: 5 },
  );
});

it('finds the first runs without the indexes of a filter, where many meet it', () => {
  const store = makeStore();
  const search = readRunSearch({
    experimentIds: ['0', '1'],
    filter: 'metrics.ties >= 1 OR metrics.ties < 1',
    orderBy: ['metrics.m DESC'],
  });
  const window = { limit: 5, offset: 2 };
  expect(findFirstRuns(store, search, window)?.map(numberOf)).toEqual(
    findOneByOne(store, search, window).map(numberOf),
  );
  expect(findFirstRuns(store, search, { limit: 5, offset: 1000 })).toBeUndefined();
});

function numberOf(row: RunRow): number {
  return row.run_number;
}

/** Runs of two experiments with equal values, missing ones, NaN, and long and odd texts. */
function makeStore(): Store {
  const db = openConnection(`${temporaryFolder()}/mlflow.db`, 1000);
  onTestFinished(() => db.close());
  const blobs = createBlobStore(temporaryFolder());
  migrateSchema(db, blobs, 0);
  const patiently = waitForWriters(1000);
  const store: Store = { db, blobs, patiently, now: () => 9, userId: 'ada' };
  createExperiment(store, 'second', {});
  const random = createRandom(17);
  const oneOf = <T>(values: readonly T[]): T => values[random.nextInt(values.length)]!;
  for (let i = 0; i < RUN_COUNT; i++) {
    const { runId } = createRun(store, {
      experimentId: oneOf(['0', '0', '1']),
      runName: oneOf(['a', 'ab', 'AB', 'kk']),
      startTime: random.nextInt(30),
      userId: oneOf(['ada', 'eve']),
    });
    const values = {
      m: random.nextFloat() * 9,
      ties: oneOf([1, 3, -0, 0, NaN]),
    };
    const metrics = Object.entries(values)
      .filter(() => random.nextFloat() < 0.8)
      .map(([key, value]) => ({ key, value, timestamp: 0, step: 0 }));
    const isTagged = random.nextFloat() < 0.7;
    const params = random.nextFloat() < 0.8 ? { p: oneOf(TEXTS) } : {};
    logBatch(store, runId, {
      metrics,
      params,
      tags: isTagged ? { t: oneOf(TEXTS) } : {},
    });
    if (random.nextFloat() < 0.4) {
      const input = {
        digest: oneOf(['d1', 'd2']),
        sourceType: 'local',
        source: '{}',
      };
      const context = oneOf([{}, { context: 'train' }]);
      logInputs(store, runId, [{ name: oneOf(TEXTS.slice(0, 5)), ...input, ...context }]);
    }
    if (random.nextFloat() < 0.6) {
      updateRun(store, runId, {
        status: oneOf(['FINISHED', 'FAILED']),
        endTime: random.nextInt(6),
      });
    }
    if (random.nextFloat() < 0.2) deleteRun(store, runId);
  }
  return store;
}
