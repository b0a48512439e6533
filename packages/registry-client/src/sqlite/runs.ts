import { RUN_NAME_TAG, checkNewRun, checkRunUpdate } from '../check-run.ts';
import type { Run } from '../entities.ts';
import { DeletedError } from '../conflict-errors.ts';
import { TagNotFoundError } from '../not-found-errors.ts';
import type { NewRun, RunUpdate } from '../registry.ts';
import { experimentRow } from './experiments.ts';
import { type RunRow, RUN_COLUMNS, activeRunRow, runColumns, runRow, toRuns } from './run-rows.ts';
import type { Store } from './store.ts';
import { removeTag, writeTags } from './tag-rows.ts';

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
  checkNewRun({ ...run, runName, userId });
  return store.db.write('process', () => {
    const experiment = experimentRow(store, run.experimentId);
    if (experiment.lifecycle_stage === 'deleted') {
      throw new DeletedError('experiment', experiment.name);
    }
    store.db.run(
      `INSERT INTO runs (run_id, run_number, run_name, experiment_id, status, start_time, user_id,
         lifecycle_stage)
       VALUES (?, (SELECT ifnull(max(run_number), 0) + 1 FROM runs), ?, ?, 'RUNNING', ?, ?, 'active')`,
      [runId, runName, experiment.experiment_id, run.startTime, userId],
    );
    const row = runRow(store, runId);
    writeRunTags(store, row, { ...tags, [RUN_NAME_TAG]: runName });
    return toRuns(store, [row])[0]!;
  });
}

/** @throws {RunNotFoundError} */
export function getRun(store: Store, runId: string): Run {
  return store.db.read(() => toRuns(store, [runRow(store, runId)])[0]!);
}

/** @throws {RunNotFoundError | DeletedError | ValueInvalidError} */
export function updateRun(store: Store, runId: string, update: RunUpdate): void {
  const { status, endTime, runName } = update;
  checkRunUpdate(update);
  store.db.write('process', () => {
    const row = activeRunRow(store, runId);
    store.db.run(
      `UPDATE runs SET status = ifnull(?, status), end_time = ifnull(?, end_time),
         run_name = ifnull(?, run_name) WHERE run_id = ?`,
      [status ?? null, endTime ?? null, runName ?? null, runId],
    );
    if (runName !== undefined) writeRunTags(store, row, { [RUN_NAME_TAG]: runName });
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

/** @throws {RunNotFoundError | DeletedError | TagNotFoundError} */
export function deleteRunTag(store: Store, runId: string, key: string): void {
  store.db.write('process', () => {
    activeRunRow(store, runId);
    const table = { name: 'run_tags', owner: ['run_id'] };
    if (!removeTag(store, table, { owner: [runId], key })) {
      throw new TagNotFoundError(`run ${runId}`, key);
    }
  });
}

/** Write tags of a run; the one that holds its name renames it. */
export function writeRunTags(
  store: Store,
  run: RunRow,
  tags: { readonly [key: string]: string },
): void {
  const table = { name: 'run_tags', owner: RUN_COLUMNS };
  writeTags(store, table, { owner: runColumns(run), tags });
  const runName = tags[RUN_NAME_TAG];
  if (runName === undefined) return;
  store.db.run('UPDATE runs SET run_name = ? WHERE run_id = ?', [runName, run.run_id]);
}

function setLifecycle(store: Store, runId: string, stage: 'active' | 'deleted'): void {
  store.db.write('process', () => {
    const { experiment_id: experimentId } = runRow(store, runId);
    const experiment = experimentRow(store, String(experimentId));
    if (stage === 'active' && experiment.lifecycle_stage === 'deleted') {
      throw new DeletedError('experiment', experiment.name);
    }
    store.db.run(
      `UPDATE runs SET lifecycle_stage = ?, deleted_with_experiment = 0,
         deleted_time = CASE WHEN lifecycle_stage = ? THEN deleted_time ELSE ? END
       WHERE run_id = ?`,
      [stage, stage, stage === 'deleted' ? store.now() : null, runId],
    );
  });
}
