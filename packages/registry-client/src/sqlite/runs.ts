import { checkTags, checkText, checkTime } from '../check-values.ts';
import type { Run, RunStatus } from '../entities.ts';
import { DeletedError, ValueInvalidError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { NewRun, RunUpdate } from '../registry.ts';
import { experimentRow } from './experiments.ts';
import { activeRunRow, runRow, toRuns } from './run-rows.ts';
import type { Store } from './store.ts';
import { writeTags } from './tag-rows.ts';

/** MLflow keeps a run's name in this tag too. */
const RUN_NAME_TAG = 'mlflow.runName';

const statuses: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];

/**
 * Start a run. Without a name it is called after its id.
 *
 * @throws {ExperimentNotFoundError | DeletedError | NameInvalidError | ValueInvalidError}
 */
export function createRun(store: Store, run: NewRun): Run {
  const runId = globalThis.crypto.randomUUID().replaceAll('-', '');
  const tags = run.tags ?? {};
  const tagged = tags[RUN_NAME_TAG];
  const runName = run.runName ?? tagged ?? `run-${runId.slice(0, 8)}`;
  const userId = run.userId ?? store.userId;
  checkTags(tags, LIMITS.runTagValueLength);
  checkTime('start time of the run', run.startTime);
  checkRunName(runName);
  checkText('user of the run', userId, LIMITS.keyLength);
  if (tagged !== undefined && tagged !== runName) {
    throw new ValueInvalidError(
      'name of the run',
      `is "${runName}" in one place and "${tagged}" in the tag ${RUN_NAME_TAG}. Give one of them.`,
    );
  }
  return store.db.write('process', () => {
    const experiment = experimentRow(store, run.experimentId);
    if (experiment.lifecycle_stage === 'deleted') {
      throw new DeletedError('experiment', experiment.name);
    }
    store.db.run(
      `INSERT INTO runs (run_id, run_name, experiment_id, status, start_time, user_id, lifecycle_stage)
       VALUES (?, ?, ?, 'RUNNING', ?, ?, 'active')`,
      [runId, runName, experiment.experiment_id, run.startTime, userId],
    );
    writeRunTags(store, runId, { ...tags, [RUN_NAME_TAG]: runName });
    return toRuns(store, [runRow(store, runId)])[0]!;
  });
}

/** @throws {RunNotFoundError} */
export function getRun(store: Store, runId: string): Run {
  return store.db.read(() => toRuns(store, [runRow(store, runId)])[0]!);
}

/** @throws {RunNotFoundError | DeletedError | ValueInvalidError} */
export function updateRun(store: Store, runId: string, update: RunUpdate): void {
  const { status, endTime, runName } = update;
  if (status !== undefined && !statuses.includes(status)) {
    throw new ValueInvalidError(
      'status of the run',
      `is one of ${statuses.join(', ')}, not ${JSON.stringify(status)}.`,
    );
  }
  if (endTime !== undefined) checkTime('end time of the run', endTime);
  if (runName !== undefined) checkRunName(runName);
  store.db.write('process', () => {
    activeRunRow(store, runId);
    store.db.run(
      `UPDATE runs SET status = ifnull(?, status), end_time = ifnull(?, end_time),
         run_name = ifnull(?, run_name) WHERE run_id = ?`,
      [status ?? null, endTime ?? null, runName ?? null, runId],
    );
    if (runName !== undefined) writeRunTags(store, runId, { [RUN_NAME_TAG]: runName });
  });
}

/** @throws {RunNotFoundError} */
export function deleteRun(store: Store, runId: string): void {
  setLifecycle(store, runId, 'deleted');
}

/** @throws {RunNotFoundError | DeletedError} when its experiment is deleted. */
export function restoreRun(store: Store, runId: string): void {
  setLifecycle(store, runId, 'active');
}

/** Write tags of a run; the one that holds its name renames it. */
export function writeRunTags(
  store: Store,
  runId: string,
  tags: { readonly [key: string]: string },
): void {
  writeTags(store, { name: 'run_tags', owner: ['run_id'] }, { owner: [runId], tags });
  const runName = tags[RUN_NAME_TAG];
  if (runName === undefined) return;
  store.db.run('UPDATE runs SET run_name = ? WHERE run_id = ?', [runName, runId]);
}

function setLifecycle(store: Store, runId: string, stage: 'active' | 'deleted'): void {
  store.db.write('process', () => {
    const { experiment_id: experimentId } = runRow(store, runId);
    const experiment = experimentRow(store, String(experimentId));
    if (stage === 'active' && experiment.lifecycle_stage === 'deleted') {
      throw new DeletedError('experiment', experiment.name);
    }
    store.db.run(
      'UPDATE runs SET lifecycle_stage = ?, deleted_with_experiment = 0 WHERE run_id = ?',
      [stage, runId],
    );
  });
}

function checkRunName(runName: string): void {
  checkText('name of the run', runName, LIMITS.keyLength);
  if (runName.trim() === '') throw new ValueInvalidError('name of the run', 'must not be blank.');
}
