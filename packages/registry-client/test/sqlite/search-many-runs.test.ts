import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { iterateRuns } from '../../src/iterate-pages.ts';
import { openRegistry } from '../../src/open-registry.ts';

/** More than are sorted without an index, so that every way to find runs is gone. */
const RUN_COUNT = 6000;

interface Fact {
  readonly name: string;
  readonly experimentId: string;
  readonly a: number;
  /** A parameter of few runs each; all have the tag `common`. */
  readonly rare: number;
  /** A third of the runs has none, one in ten NaN. */
  readonly b: number | undefined;
}

const filters: readonly (readonly [string, (fact: Fact) => boolean])[] = [
  ['', () => true],
  ['metrics.a > 90', ({ a }) => a > 90],
  ['metrics.a > 10 AND metrics.a <= 80', ({ a }) => a > 10 && a <= 80],
  ['metrics.b < 40', ({ b }) => b !== undefined && b < 40],
  ['metrics.b != 3', ({ b }) => b !== undefined && b !== 3],
  ['metrics.a > 5 AND metrics.b >= 50', ({ a, b }) => a > 5 && b !== undefined && b >= 50],
  ['metrics.a = 7 OR metrics.b = 9', ({ a, b }) => a === 7 || b === 9],
  ["params.rare = '3'", ({ rare }) => rare === 3],
  ["tags.common = 'x' AND metrics.a < 50", ({ a }) => a < 50],
  ["params.rare = '3' AND metrics.a > 10", ({ rare, a }) => rare === 3 && a > 10],
];

const orders: readonly (readonly [string, (fact: Fact) => number])[] = [
  ['metrics.a DESC', ({ a }) => -a],
  ['metrics.b ASC', ({ b }) => rank(b, b)],
  ['metrics.b DESC', ({ b }) => rank(b, b === undefined ? b : -b)],
];

it('finds what a search by hand finds, in its order, whichever way it goes', async () => {
  const path = `${temporaryFolder()}/mlflow.db`;
  const registry = await openRegistry(`sqlite:///${path}`);
  onTestFinished(() => registry.close());
  await registry.createExperiment('second');
  const facts = makeFacts();
  fillDatabase(path, facts);
  for (const [filter, matches] of filters) {
    for (const [orderBy, key] of orders) {
      for (const experimentIds of [['0'], ['1', '0']]) {
        const expected = facts
          .filter((fact) => experimentIds.includes(fact.experimentId) && matches(fact))
          .reverse()
          .toSorted((x, y) => key(x) - key(y))
          .map(({ name }) => name);
        const request = {
          experimentIds,
          filter,
          orderBy: [orderBy],
          maxResults: 1500,
        };
        const found: string[] = [];
        for await (const { runName } of iterateRuns(registry, request)) found.push(runName);
        expect(found, `${filter} by ${orderBy}`).toEqual(expected);
      }
    }
  }
});

function makeFacts(): readonly Fact[] {
  return Array.from({ length: RUN_COUNT }, (_, i) => ({
    name: `run-${i}`,
    experimentId: String(i % 2),
    a: (i * 7919) % 101,
    rare: i % 17,
    b: i % 3 === 0 ? undefined : i % 10 === 0 ? NaN : (i * 104_729) % 53,
  }));
}

/** NaN after every number, and what is missing after that. */
function rank(value: number | undefined, key: number | undefined): number {
  if (value === undefined) return Number.MAX_VALUE;
  return Number.isNaN(value) ? 1e9 : key!;
}

function fillDatabase(path: string, facts: readonly Fact[]): void {
  const database = new DatabaseSync(path);
  const addRun = database.prepare(
    `INSERT INTO runs (run_id, run_number, run_name, experiment_id, status, start_time, user_id,
       lifecycle_stage)
     VALUES (?, ?, ?, ?, 'FINISHED', ?, 'ada', 'active')`,
  );
  const addMetric = database.prepare(
    `INSERT INTO latest_metrics
       (run_id, run_number, experiment_id, start_time, key, value, timestamp, step)
     VALUES (?, ?, ?, ?, ?, ?, 0, 0)`,
  );
  const [addParam, addTag] = ['run_params', 'run_tags'].map((table) =>
    database.prepare(
      `INSERT INTO ${table} (run_id, run_number, experiment_id, start_time, key, value)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
  );
  database.exec('BEGIN');
  for (const [i, { name, experimentId, a, b, rare }] of facts.entries()) {
    const runId = i.toString(16).padStart(32, '0');
    const ofRun = [runId, i + 1, Number(experimentId), i] as const;
    addRun.run(runId, i + 1, name, Number(experimentId), i);
    addMetric.run(...ofRun, 'a', a);
    addParam!.run(...ofRun, 'rare', String(rare));
    addTag!.run(...ofRun, 'common', 'x');
    if (b !== undefined) {
      addMetric.run(...ofRun, 'b', Number.isNaN(b) ? null : b);
    }
  }
  database.exec('COMMIT');
  database.close();
}
