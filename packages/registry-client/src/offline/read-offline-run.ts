import type { OfflineEntry, OfflineStart } from './offline-entry.ts';
import { OfflineDamagedError } from './offline-errors.ts';
import { offlineLayout } from './offline-layout.ts';
import { type OfflineRunState, replayEntries } from './offline-run-state.ts';
import { readJournal } from './read-journal.ts';

/** An offline run as its journal tells it. */
export interface ReadOfflineRun extends OfflineRunState {
  /** How many bytes of the journal it was read from. */
  readonly journalBytes: number;
}

/**
 * Read an offline run from its folder. Undefined where not even its start was acknowledged.
 *
 * @throws {OfflineDamagedError | StoreUnavailableError}
 */
export async function readOfflineRun(folder: string): Promise<ReadOfflineRun | undefined> {
  const { journal } = offlineLayout(folder);
  const { entries, wholeBytes } = await readJournal(journal);
  if (entries.length === 0) return undefined;
  const [start, ...rest] = entries as readonly OfflineEntry[];
  if (!isStart(start)) {
    throw new OfflineDamagedError(journal, 'it does not begin as an offline run does.');
  }
  return { ...replayEntries(start, rest), journalBytes: wholeBytes };
}

function isStart(entry: OfflineEntry | undefined): entry is OfflineStart {
  return (
    entry?.kind === 'start' &&
    entry.layout === 1 &&
    /^[0-9a-f]{32}$/.test(entry.runId) &&
    typeof entry.experimentName === 'string'
  );
}
