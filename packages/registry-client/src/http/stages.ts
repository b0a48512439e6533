import type { Stage } from '@gnu-mlops/core';
import { checkStageMove } from '../check-stage-move.ts';
import type { LedgerEntry } from '../entities.ts';
import { StageConflictError, VersionConflictError } from '../conflict-errors.ts';
import { FIRST_PREVIOUS_HASH, hashLedgerEntry } from '../ledger-chain.ts';
import type { StageMove } from '../registry.ts';
import { type HeldStage, isHeldStage } from '../stage-aliases.ts';
import { type LoggedMove, appendMove, readMoves } from './ledger-log.ts';
import { ensureLedgerRun, findLedgerLives, findLiveLedgerRun } from './ledger-run.ts';
import { findVersionByStage } from './find-by-stage.ts';
import { getModelVersion, unlessGone } from './model-versions.ts';
import { checkServerTags, getRegisteredModel } from './registered-models.ts';
import type { Remote } from './remote.ts';
import { type Standing, replayMoves } from './replay-moves.ts';
import { settleStages } from './settle-stages.ts';

/**
 * Move a version to a stage. The one step that decides is appending to the ledger: of several movers
 * who saw the same, one appends, and the others look again and find the stage held. Aliases, tags
 * and the server's own stages follow that step; where a mover dies before they have, the next move
 * of the model completes them first.
 *
 * @throws {StageConflictError} when another version than expected holds the stage.
 * @throws {VersionConflictError} when the version is in another stage than expected.
 * @throws {ModelVersionNotFoundError | NameReservedError | ValueInvalidError}
 */
export async function moveStage(remote: Remote, move: StageMove): Promise<LedgerEntry> {
  checkStageMove(move);
  const { name, version, tags = {}, description } = move;
  checkServerTags(remote.models, tags);
  await getModelVersion(remote, { name, version });
  const found = await findLiveLedgerRun(remote, name);
  if (found !== undefined && (await readMoves(remote, found)).at(-1)?.isSettled === false) {
    await settleStages(remote, name, found);
  }
  const runId = found ?? (await ensureLedgerRun(remote, name));
  for (;;) {
    const view = await look(remote, runId, move);
    const entry = nextEntry(move, view);
    const appended = await appendMove(remote, runId, {
      entry,
      position: view.position,
      tags,
      ...(description === undefined ? {} : { description }),
    });
    if (appended === 'taken') continue;
    await settleStages(remote, name, runId);
    return entry;
  }
}

/** Every stage move of a model, oldest first; none for a model that never moved. */
export async function readLedger(remote: Remote, name: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (const { runId, isEnded } of await findLedgerLives(remote, name)) {
    for (const { entry } of await readMoves(remote, runId)) {
      // What became of a model that left the name is told under the name that it has now.
      if (!isEnded || entry.modelName === name) entries.push(entry);
    }
  }
  return entries;
}

interface View {
  /** Of the entry to append. */
  readonly position: number;
  /** Of the whole ledger. */
  readonly newest: LedgerEntry | undefined;
  /** Of the chain of this name. */
  readonly newestOfName: LedgerEntry | undefined;
  readonly fromStage: Stage;
  /** Whom the move archives; null: nobody, or the version itself. */
  readonly displaced: string | null;
}

/** Look at the model and its ledger, and check that they are as the mover saw them. */
async function look(remote: Remote, runId: string, move: StageMove): Promise<View> {
  const { name, version, stage, expectedHolder } = move;
  const { aliases } = await getRegisteredModel(remote, name);
  const before = await readLedger(remote, name);
  const entries = (await readMoves(remote, runId)).map(({ entry }: LoggedMove) => entry);
  const standing = replayMoves(entries, aliases);
  const fromStage =
    standing.stages.get(version) ??
    heldBy(standing, version) ??
    (await getModelVersion(remote, { name, version })).stage;
  const { expectedStage = fromStage } = move;
  if (fromStage !== expectedStage) {
    throw new VersionConflictError(name, version, { actual: fromStage, expected: expectedStage });
  }
  const noted = isHeldStage(stage) ? standing.holders[stage] : null;
  const holder = noted === expectedHolder ? noted : await present(remote, move, noted);
  if (holder !== expectedHolder) {
    throw new StageConflictError(name, stage, { actual: holder, expected: expectedHolder });
  }
  const displaced = holder ?? noted;
  const newest = entries.at(-1) ?? before.at(-1);
  const newestOfName = [...before, ...entries].findLast(({ modelName }) => modelName === name);
  const view = { position: entries.length + 1, newest, newestOfName, fromStage };
  return { ...view, displaced: displaced === version ? null : displaced };
}

/** Who holds a stage where the version that the ledger says was deleted by another client. */
async function present(
  remote: Remote,
  { name, stage }: StageMove,
  noted: string | null,
): Promise<string | null> {
  if (noted === null || !isHeldStage(stage)) return noted;
  const found = await unlessGone(getModelVersion(remote, { name, version: noted }));
  if (found !== undefined) return noted;
  return (await findVersionByStage(remote, name, stage))?.version ?? null;
}

function heldBy({ holders }: Standing, version: string): HeldStage | undefined {
  if (holders.GNU_Production === version) return 'GNU_Production';
  return holders.Staging === version ? 'Staging' : undefined;
}

function nextEntry(move: StageMove, view: View): LedgerEntry {
  const { newest, newestOfName, fromStage } = view;
  const { name, version, stage } = move;
  const unhashed = {
    sequence: (newest?.sequence ?? 0) + 1,
    modelName: name,
    version,
    fromStage,
    toStage: stage,
    displacedVersion: view.displaced,
    actor: move.actor,
    reason: move.reason,
    evidence: move.evidence,
    at: move.at,
    previousHash: newestOfName?.hash ?? FIRST_PREVIOUS_HASH,
  };
  return { ...unhashed, hash: hashLedgerEntry(unhashed) };
}
