import { DeletedError } from '../errors.ts';
import { RemoteAnswerError } from '../remote-errors.ts';
import { sha256Hex } from '../sha256.ts';
import { findExperiment } from './experiments.ts';
import { type Remote, create, orMissing, put } from './remote.ts';
import { getRun } from './runs.ts';
import { formatTags, readObject, readText } from './wire-values.ts';
import { writeOnce } from './write-once.ts';

const LEDGER_EXPERIMENT = 'gnu_mlops.ledger';
const ROOT_TAG = 'gnu_mlops.root_run';

/**
 * The run whose parameters are the ledger of a model, if any version of it ever moved.
 *
 * MLflow has no transactions, but parameters that are written once and never change. All ledgers lie
 * in one experiment. Its root run names the run of each model in a parameter, so that two who begin
 * the same ledger at once go on with the same one.
 */
export async function findLedgerRun(remote: Remote, name: string): Promise<string | undefined> {
  const root = await findRoot(remote);
  if (root === undefined) return undefined;
  return (await getRun(remote, root.runId)).params[modelKey(name)];
}

/** The run of a model's ledger, made when it is not there yet. */
export async function ensureLedgerRun(remote: Remote, name: string): Promise<string> {
  const root = (await findRoot(remote)) ?? (await createRoot(remote));
  const found = (await getRun(remote, root.runId)).params[modelKey(name)];
  if (found !== undefined) return found;
  const runId = await createRun(remote, root.experimentId, `stages of ${name}`);
  const entry = { key: modelKey(name), value: runId };
  if ((await writeOnce(remote, root.runId, entry)) === 'written') return runId;
  await put(remote, 'runs/delete', { run_id: runId });
  return (await getRun(remote, root.runId)).params[modelKey(name)]!;
}

interface Root {
  readonly experimentId: string;
  readonly runId: string;
}

async function findRoot(remote: Remote): Promise<Root | undefined> {
  const experiment = await findExperiment(remote, LEDGER_EXPERIMENT);
  if (experiment === undefined) return undefined;
  if (experiment.lifecycleStage === 'deleted') {
    throw new DeletedError('experiment', LEDGER_EXPERIMENT);
  }
  const runId = experiment.tags[ROOT_TAG];
  if (runId === undefined) {
    throw new RemoteAnswerError(
      remote.client.server,
      `its experiment "${LEDGER_EXPERIMENT}" lacks the tag ${ROOT_TAG}, so the ledgers in it cannot be found.`,
    );
  }
  return { experimentId: experiment.experimentId, runId };
}

/** Made under another name, and named when it is complete: names are unique, so one maker wins. */
async function createRoot(remote: Remote): Promise<Root> {
  const draft = `${LEDGER_EXPERIMENT}.${globalThis.crypto.randomUUID()}`;
  const made = await create(remote, 'experiments/create', { name: draft });
  const experimentId = readText(made, 'experiment_id');
  const runId = await createRun(remote, experimentId, 'ledgers');
  await put(remote, 'experiments/set-experiment-tag', {
    experiment_id: experimentId,
    key: ROOT_TAG,
    value: runId,
  });
  let failure: unknown;
  try {
    await put(remote, 'experiments/update', {
      experiment_id: experimentId,
      new_name: LEDGER_EXPERIMENT,
    });
  } catch (error) {
    failure = error;
  }
  const root = await findRoot(remote);
  if (root?.experimentId !== experimentId) {
    await orMissing(put(remote, 'experiments/delete', { experiment_id: experimentId }));
  }
  if (root === undefined) throw failure;
  return root;
}

async function createRun(remote: Remote, experimentId: string, name: string): Promise<string> {
  const answer = await create(remote, 'runs/create', {
    experiment_id: experimentId,
    start_time: remote.now(),
    run_name: name.slice(0, 250),
    user_id: remote.userId,
    tags: formatTags({ 'mlflow.user': remote.userId }),
  });
  return readText(readObject(readObject(answer, 'run'), 'info'), 'run_id');
}

/** Names may be long and hold any character; keys may not. */
function modelKey(name: string): string {
  return `model/${sha256Hex(name)}`;
}
