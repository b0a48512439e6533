import type { Run } from '../entities.ts';
import { DeletedError } from '../conflict-errors.ts';
import { RegisteredModelNotFoundError } from '../not-found-errors.ts';
import { RemoteAnswerError } from '../remote-errors.ts';
import { sha256Hex } from '../sha256.ts';
import { findExperiment } from './experiments.ts';
import { type Remote, create, entityIn, orMissing, put } from './remote.ts';
import { getRun } from './runs.ts';
import { formatTags, readObject, readText } from './wire-values.ts';
import { writeOnce } from './write-once.ts';

/** What the experiment of the ledgers is called, unless a server wants names of another form. */
export const LEDGER_EXPERIMENT = 'gnu_mlops.ledger';
const ROOT_TAG = 'gnu_mlops.root_run';

/** One life of a model's name: a model may be renamed or deleted, and another one take its name. */
export interface LedgerLife {
  readonly runId: string;
  /** Whether the model of that life has left the name. */
  readonly isEnded: boolean;
}

/**
 * The runs whose parameters are the ledger of a model, one for every life of its name; none where no
 * version of it ever moved.
 *
 * MLflow has no transactions, but parameters that are written once and never change. All ledgers lie
 * in one experiment. Its root run names the run of each model in a parameter, so that two who begin
 * the same ledger at once go on with the same one.
 */
export async function findLedgerLives(remote: Remote, name: string): Promise<LedgerLife[]> {
  const root = await findRoot(remote);
  return root === undefined ? [] : readLives(await getRun(remote, root.runId), name);
}

/** The run of the ledger of the model that has the name now; undefined where it never moved. */
async function findLedgerRun(remote: Remote, name: string): Promise<string | undefined> {
  const life = (await findLedgerLives(remote, name)).at(-1);
  return life === undefined || life.isEnded ? undefined : life.runId;
}

/**
 * The same before a move. Where another client has deleted the model and made one of its name, which
 * has no part in that ledger, the time at which the server made it tells.
 */
export async function findLiveLedgerRun(remote: Remote, name: string): Promise<string | undefined> {
  const root = await findRoot(remote);
  if (root === undefined) return undefined;
  const { params } = await getRun(remote, root.runId);
  const lives = readLives({ params }, name);
  const newest = lives.at(-1);
  if (newest === undefined || newest.isEnded) return undefined;
  const key = madeKey(name, lives.length);
  // Asked for after the life was seen: it is not older than that.
  const creationTime = await timeOfMaking(remote, name);
  if (params[key] === creationTime) return newest.runId;
  if (params[key] === undefined) {
    await writeOnce(remote, root.runId, { key, value: creationTime });
    return newest.runId;
  }
  await writeOnce(remote, root.runId, { key: endedKey(name, lives.length), value: 'deleted' });
  return undefined;
}

/** The same, made when it is not there yet. */
export async function ensureLedgerRun(remote: Remote, name: string): Promise<string> {
  const root = (await findRoot(remote)) ?? (await createRoot(remote));
  for (;;) {
    const lives = readLives(await getRun(remote, root.runId), name);
    const newest = lives.at(-1);
    if (newest !== undefined && !newest.isEnded) return newest.runId;
    const creationTime = await timeOfMaking(remote, name);
    const runId = await createRun(remote, root.experimentId, `stages of ${name}`);
    const life = lives.length + 1;
    const entry = { key: lifeKey(name, life), value: runId };
    if ((await writeOnce(remote, root.runId, entry)) === 'written') {
      const made = { key: madeKey(name, life), value: creationTime };
      await writeOnce(remote, root.runId, made);
      return runId;
    }
    await put(remote, 'runs/delete', { run_id: runId });
  }
}

/** Note that the model of a name is gone: another one of that name begins anew. */
export async function closeLedger(remote: Remote, name: string): Promise<void> {
  await endLife(remote, name, 'deleted');
}

/** Let the ledger of a renamed model go on under its new name. */
export async function continueLedger(remote: Remote, name: string, newName: string): Promise<void> {
  const root = await findRoot(remote);
  const runId = await findLedgerRun(remote, name);
  if (root === undefined || runId === undefined) return;
  for (;;) {
    const lives = readLives(await getRun(remote, root.runId), newName);
    if (lives.at(-1)?.runId === runId) break;
    const entry = { key: lifeKey(newName, lives.length + 1), value: runId };
    if ((await writeOnce(remote, root.runId, entry)) === 'written') break;
  }
  await endLife(remote, name, 'renamed');
}

async function endLife(remote: Remote, name: string, how: 'deleted' | 'renamed'): Promise<void> {
  const root = await findRoot(remote);
  if (root === undefined) return;
  const lives = readLives(await getRun(remote, root.runId), name);
  if (lives.at(-1)?.isEnded !== false) return;
  await writeOnce(remote, root.runId, { key: endedKey(name, lives.length), value: how });
}

function readLives({ params }: Pick<Run, 'params'>, name: string): LedgerLife[] {
  const lives: LedgerLife[] = [];
  for (let life = 1; ; life++) {
    const runId = params[lifeKey(name, life)];
    if (runId === undefined) return lives;
    const isEnded = params[endedKey(name, life)] !== undefined;
    lives.push({ runId, isEnded });
  }
}

/** As text. @throws {RegisteredModelNotFoundError} */
async function timeOfMaking({ models }: Remote, name: string): Promise<string> {
  const model = await models.findModel(name);
  if (model === undefined) throw new RegisteredModelNotFoundError(name);
  return String(model.creationTime);
}

interface Root {
  readonly experimentId: string;
  readonly runId: string;
}

async function findRoot(remote: Remote): Promise<Root | undefined> {
  const experiment = await findExperiment(remote, remote.ledgerExperiment);
  if (experiment === undefined) return undefined;
  if (experiment.lifecycleStage === 'deleted') {
    throw new DeletedError('experiment', remote.ledgerExperiment);
  }
  const runId = experiment.tags[ROOT_TAG];
  if (runId === undefined) {
    throw new RemoteAnswerError(
      remote.client.server,
      `its experiment "${remote.ledgerExperiment}" lacks the tag ${ROOT_TAG}, so the ledgers in it cannot be found.`,
    );
  }
  return { experimentId: experiment.experimentId, runId };
}

/** Made under another name, and named when it is complete: names are unique, so one maker wins. */
async function createRoot(remote: Remote): Promise<Root> {
  const draft = `${remote.ledgerExperiment}.${globalThis.crypto.randomUUID()}`;
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
      new_name: remote.ledgerExperiment,
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
  return readText(readObject(entityIn(remote, answer, 'run'), 'info'), 'run_id');
}

/** Names may be long and hold any character; keys may not. */
function lifeKey(name: string, life: number): string {
  return life === 1 ? `model/${sha256Hex(name)}` : `model/${sha256Hex(name)}/${life}`;
}

function endedKey(name: string, life: number): string {
  return `ended/${sha256Hex(name)}/${life}`;
}

function madeKey(name: string, life: number): string {
  return `made/${sha256Hex(name)}/${life}`;
}
