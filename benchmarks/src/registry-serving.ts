import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOutcome, BenchmarkSettings, Contender } from './benchmark.ts';
import { fillMlflow, fillRegistry } from './fill-runs.ts';
import { type MlflowCaller, createMlflowCaller } from './mlflow-caller.ts';
import {
  type ServerKind,
  builtServer,
  mlflowServer,
  startServer,
} from './registry-server-process.ts';
import { timeRuns } from './time-runs.ts';

/** A server with an empty experiment, and the means to fill it past its API. */
interface Served {
  readonly caller: MlflowCaller;
  readonly experimentId: string;
  readonly folder: string;
  /** The Python of an MLflow server; undefined: it is ours. */
  readonly python: string | undefined;
}

/** What is asked of a server, and what must be there before. */
interface ServingCase {
  readonly name: string;
  readonly measures: string;
  /** @returns what is timed. */
  readonly prepare: (served: Served) => Promise<() => Promise<unknown>>;
}

const SEARCHED_RUNS = 100_000;
const LOOK_UPS = 200;

const cases: readonly ServingCase[] = [
  {
    name: 'log a run',
    measures: 'a run with 10 parameters, 1,000 metrics and an artifact of 1 kB, by HTTP',
    prepare: async (served) => () => logRun(served),
  },
  {
    name: `search ${SEARCHED_RUNS} runs`,
    measures: 'two pages of 100, by a metric above its middle, the highest first, by HTTP',
    prepare: async (served) => {
      await (served.python === undefined ? fillRegistry : fillMlflow)(served, SEARCHED_RUNS);
      // Filling takes longer than a server keeps a connection that says nothing.
      served.caller.close();
      return () => searchPages(served);
    },
  },
  {
    name: 'look up an alias',
    measures: `${LOOK_UPS} versions by alias, one after the other, by HTTP`,
    prepare: async (served) => {
      await registerVersions(served);
      return () => lookUpAlias(served.caller);
    },
  },
];

/** The same requests to our server and to MLflow's, each over a SQLite file. */
export function registryServing(): Benchmark[] {
  return cases.map((serving) => ({
    name: `registry server: ${serving.name}`,
    measures: serving.measures,
    run: (settings) => compare(serving, settings),
  }));
}

async function compare(
  serving: ServingCase,
  { runs, python }: BenchmarkSettings,
): Promise<BenchmarkOutcome> {
  const ours = await timeServing(serving, builtServer(), { runs, python: undefined });
  if (python === undefined) {
    const notes = ['MLflow left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it'];
    return { contenders: [ours], notes };
  }
  const peer = await timeServing(serving, mlflowServer(python), { runs, python });
  return { contenders: [ours, peer], notes: [] };
}

async function timeServing(
  { prepare }: ServingCase,
  kind: ServerKind,
  { runs, python }: Pick<BenchmarkSettings, 'runs' | 'python'>,
): Promise<Contender> {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-bench-'));
  const server = await startServer(kind, folder);
  const caller = createMlflowCaller(server.address);
  try {
    const { experiment_id: experimentId } = await caller.call<{ experiment_id: string }>(
      'POST experiments/create',
      { name: 'bench' },
    );
    const work = await prepare({ caller, experimentId, folder, python });
    return { name: kind.name, timesMs: await timeRuns(runs, work) };
  } finally {
    caller.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The requests that MLflow's own client makes for it, in its order. */
async function logRun({ caller, experimentId }: Served): Promise<void> {
  const { run_id, artifact_uri } = (await createRun(caller, experimentId)).info;
  const params = Array.from({ length: 10 }, (_, i) => ({ key: `p${i}`, value: String(i) }));
  const metrics = Array.from({ length: 1_000 }, (_, step) => ({
    ...{ key: 'loss', value: 1 / (step + 1), timestamp: 1_700_000_000_000 + step, step },
  }));
  // A batch holds a thousand of all at most.
  await caller.call('POST runs/log-batch', { run_id, params, metrics: metrics.slice(0, 990) });
  await caller.call('POST runs/log-batch', { run_id, metrics: metrics.slice(990) });
  const path = artifact_uri.replace(/^mlflow-artifacts:\/*/, '');
  await caller.upload(`${path}/note.txt`, Buffer.alloc(1_000, 'x'));
  await caller.call('POST runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
}

async function searchPages({ caller, experimentId }: Served): Promise<void> {
  let pageToken: string | undefined;
  for (let page = 0; page < 2; page++) {
    const found = await caller.call<{ runs: object[]; next_page_token: string }>(
      'POST runs/search',
      {
        experiment_ids: [experimentId],
        filter: 'metrics.first > 0.5',
        order_by: ['metrics.first DESC'],
        max_results: 100,
        ...(pageToken === undefined ? {} : { page_token: pageToken }),
      },
    );
    if (found.runs.length !== 100) throw new Error(`A page has ${found.runs.length} runs.`);
    pageToken = found.next_page_token;
  }
}

async function registerVersions({ caller, experimentId }: Served): Promise<void> {
  const { info } = await createRun(caller, experimentId);
  await caller.call('POST registered-models/create', { name: 'churn' });
  for (let count = 0; count < 10; count++) {
    const version = { name: 'churn', source: `${info.artifact_uri}/model`, run_id: info.run_id };
    await caller.call('POST model-versions/create', version);
  }
  const alias = { name: 'churn', alias: 'champion', version: '7' };
  await caller.call('POST registered-models/alias', alias);
}

/** What a run is known by. */
interface NewRun {
  readonly info: { readonly run_id: string; readonly artifact_uri: string };
}

async function createRun(caller: MlflowCaller, experimentId: string): Promise<NewRun> {
  const body = { experiment_id: experimentId, start_time: Date.now(), run_name: 'bench' };
  const { run } = await caller.call<{ run: NewRun }>('POST runs/create', body);
  return run;
}

async function lookUpAlias(caller: MlflowCaller): Promise<void> {
  for (let i = 0; i < LOOK_UPS; i++) {
    await caller.call('GET registered-models/alias?name=churn&alias=champion');
  }
}
