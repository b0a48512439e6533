import { checkTime } from '../check-values.ts';
import type { CallOptions } from '../call-options.ts';
import { ValueInvalidError } from '../value-errors.ts';
import type { GarbageReport, GarbageRequest } from '../garbage.ts';
import { translateFileError } from './sqlite-errors.ts';
import type { Store } from './store.ts';

/** Nothing is written for longer than this; what was is of a process that died. */
const STAGED_FOR_AT_MOST_MS = 24 * 60 * 60 * 1000;

/** How many runs and logged models are removed before others may write again. */
const OWNERS_PER_WRITE = 200;

/** How many files are removed before others may write again. */
const FILES_PER_WRITE = 100;

interface Deleted {
  readonly experimentIds: readonly string[];
  readonly runIds: readonly string[];
  readonly loggedModelIds: readonly string[];
}

/**
 * Remove for good what was deleted before a time, and files that nothing refers to any more. Runs and
 * logged models that a version came from stay as long as the version does.
 *
 * @throws {ValueInvalidError | StoreUnavailableError}
 */
export async function collectGarbage(
  store: Store,
  request: GarbageRequest,
  { signal }: CallOptions = {},
): Promise<GarbageReport> {
  const { deletedBefore, mode = 'plan' } = request;
  checkTime('time before which was deleted what is removed', deletedBefore);
  if (mode !== 'plan' && mode !== 'remove') {
    throw new ValueInvalidError('mode', `is plan or remove, not ${JSON.stringify(mode)}.`);
  }
  const deleted =
    mode === 'plan'
      ? await store.patiently(() =>
          store.db.read(() => findDeleted(store, { before: deletedBefore, limit: -1 })),
        )
      : await removeAllDeleted(store, deletedBefore, signal);
  try {
    const files = await collectFiles(store, { deleted, mode, signal });
    if (mode === 'remove') await store.blobs.removeStaged(Date.now() - STAGED_FOR_AT_MOST_MS);
    return { ...deleted, ...files };
  } catch (error) {
    throw signal?.aborted === true ? error : translateFileError(error, store.blobs.root);
  }
}

function findDeleted(
  store: Store,
  { before, limit }: { readonly before: number; readonly limit: number },
): Deleted {
  const ids = (sql: string, ...values: (string | number)[]) =>
    store.db.all<{ id: string }>(sql, values).map(({ id }) => id);
  const runIds = ids(
    `SELECT run_id AS id FROM runs r WHERE deleted_time < ?
       AND NOT EXISTS (SELECT 1 FROM model_versions v WHERE v.run_id = r.run_id)
     ORDER BY id LIMIT ?`,
    before,
    limit,
  );
  const loggedModelIds = ids(
    `SELECT model_id AS id FROM logged_models m
     WHERE (deleted_time < ? OR experiment_id IN
         (SELECT experiment_id FROM experiments WHERE deleted_time < ?))
       AND NOT EXISTS (SELECT 1 FROM model_versions v WHERE v.model_id = m.model_id)
     ORDER BY id LIMIT ?`,
    before,
    before,
    limit,
  );
  const experimentIds = ids(
    `SELECT CAST(experiment_id AS TEXT) AS id FROM experiments e
     WHERE deleted_time < ? AND experiment_id <> 0
       AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.experiment_id = e.experiment_id
         AND r.run_id NOT IN (SELECT value FROM json_each(?)))
       AND NOT EXISTS (SELECT 1 FROM logged_models m WHERE m.experiment_id = e.experiment_id
         AND m.model_id NOT IN (SELECT value FROM json_each(?)))
     ORDER BY experiment_id`,
    before,
    JSON.stringify(runIds),
    JSON.stringify(loggedModelIds),
  );
  return { experimentIds, runIds, loggedModelIds };
}

/** Some at a time, so that others may write in between; what they restore meanwhile stays. */
async function removeAllDeleted(
  store: Store,
  before: number,
  signal: AbortSignal | undefined,
): Promise<Deleted> {
  const removed: Record<keyof Deleted, string[]> = {
    experimentIds: [],
    runIds: [],
    loggedModelIds: [],
  };
  for (;;) {
    signal?.throwIfAborted();
    const some = await store.patiently(() =>
      store.db.write('full', () =>
        removeDeleted(store, findDeleted(store, { before, limit: OWNERS_PER_WRITE })),
      ),
    );
    removed.experimentIds.push(...some.experimentIds);
    removed.runIds.push(...some.runIds);
    removed.loggedModelIds.push(...some.loggedModelIds);
    if (some.runIds.length + some.loggedModelIds.length + some.experimentIds.length === 0) {
      return removed;
    }
  }
}

/** Inside a write. @returns what it was given. */
function removeDeleted(store: Store, deleted: Deleted): Deleted {
  const { experimentIds, runIds, loggedModelIds } = deleted;
  const remove = (table: string, column: string, ids: readonly string[]) =>
    store.db.run(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(ids),
    ]);
  for (const table of ['run_model_inputs', 'run_model_outputs', 'logged_model_metrics']) {
    remove(table, 'run_id', runIds);
    remove(table, 'model_id', loggedModelIds);
  }
  for (const table of ['logged_model_params', 'logged_model_tags', 'logged_models']) {
    remove(table, 'model_id', loggedModelIds);
  }
  for (const table of RUN_TABLES) remove(table, 'run_id', runIds);
  remove('artifacts', 'owner_id', [...runIds, ...loggedModelIds]);
  const numbers = experimentIds.map(Number);
  for (const table of ['experiment_tags', 'experiments']) {
    store.db.run(`DELETE FROM ${table} WHERE experiment_id IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(numbers),
    ]);
  }
  return deleted;
}

const RUN_TABLES = [
  'run_tags',
  'run_params',
  'metric_points',
  'latest_metrics',
  'run_inputs',
  'runs',
];

/** Count the files that nothing refers to, or would not once all is removed, and remove them. */
async function collectFiles(
  store: Store,
  work: {
    readonly deleted: Deleted;
    readonly mode: 'plan' | 'remove';
    readonly signal: AbortSignal | undefined;
  },
): Promise<Pick<GarbageReport, 'fileCount' | 'sizeBytes'>> {
  const { deleted, mode, signal } = work;
  const going = mode === 'plan' ? [...deleted.runIds, ...deleted.loggedModelIds] : [];
  let [fileCount, sizeBytes] = [0, 0];
  let batch: string[] = [];
  const removeBatch = async () => {
    const hashes = batch;
    batch = [];
    await store.patiently(() =>
      store.db.write('process', () => {
        for (const sha256 of hashes) {
          // Looked up again: since it was seen, somebody may have written the same content.
          if (!isReferred(store, sha256)) store.blobs.remove(sha256);
        }
      }),
    );
  };
  const referred = referredHashes(store, going);
  for await (const { sha256, sizeBytes: size } of store.blobs.list()) {
    signal?.throwIfAborted();
    if (referred.has(sha256)) continue;
    fileCount++;
    sizeBytes += size;
    batch.push(sha256);
    if (mode === 'remove' && batch.length >= FILES_PER_WRITE) await removeBatch();
  }
  if (mode === 'remove') await removeBatch();
  return { fileCount, sizeBytes };
}

/** What artifacts of others than the owners given refer to. */
function referredHashes(store: Store, going: readonly string[]): ReadonlySet<string> {
  const rows = store.db.all<{ sha256: string }>(
    `SELECT DISTINCT sha256 FROM artifacts
     WHERE owner_id NOT IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(going)],
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}

function isReferred(store: Store, sha256: string): boolean {
  return store.db.get('SELECT 1 FROM artifacts WHERE sha256 = ? LIMIT 1', [sha256]) !== undefined;
}
