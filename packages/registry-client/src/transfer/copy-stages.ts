import type { Stage } from '@gnu-mlops/core';
import type { LedgerEntry, ModelVersion } from '../entities.ts';
import { OperationUnsupportedError } from '../store-errors.ts';
import type { Registry, StageMove } from '../registry.ts';
import { isHeldStage } from '../stage-aliases.ts';
import {
  type CopiedEvidence,
  formatCopiedEvidence,
  parseCopiedEvidence,
} from './copied-evidence.ts';
import { identifyVersion } from './identify-version.ts';

/** What became of the stages of a model. */
export interface CopiedStages {
  /** `left`: the target has moved versions of the model itself, so its stages are its own. */
  readonly stages: 'copied' | 'left';
  /** How many moves were made. */
  readonly moveCount: number;
}

/** What the stages of a model are copied from and to. */
export interface StageCopy {
  readonly target: Registry;
  /** At the target. */
  readonly name: string;
  readonly sourceUri: string;
  readonly sourceLedger: readonly LedgerEntry[];
  readonly pairs: readonly VersionPair[];
  readonly actor: string;
  readonly now: () => number;
}

/** A version, and the number of its copy. */
export interface VersionPair {
  readonly original: ModelVersion;
  readonly version: string;
  /** Where the original is, as `stageAtSource` has it. */
  readonly stage: Stage;
}

/**
 * Bring the copies of versions to the stages of their originals: every move of the source's ledger is
 * made again, with its actor, reason and time, and the entry itself as evidence; then what is still
 * different, as stages of a plain MLflow server are on no ledger.
 */
export async function copyStages(copy: StageCopy): Promise<CopiedStages> {
  const done = await copiedMoves(copy);
  if (done === undefined) return { stages: 'left', moveCount: 0 };
  const own = ownMoves(copy);
  let moveCount = 0;
  for (const entry of copy.sourceLedger.slice(done)) {
    const pair = own.get(entry);
    // Of a version that was deleted since, there is nothing to move.
    if (pair === undefined) continue;
    await move(copy, pair, { stage: entry.toStage, entry });
    moveCount++;
  }
  moveCount += await settle(copy);
  for (const pair of copy.pairs) await copyMlflowStage(copy, pair);
  return { stages: 'copied', moveCount };
}

/**
 * The moves of versions that are there. The ledger of a name tells of every model that had it, and each
 * of them counts its versions from 1: a version that comes out of None, or stands there, where the
 * ledger did not leave it, is another one of its number.
 */
function ownMoves({ sourceLedger, pairs }: StageCopy): ReadonlyMap<LedgerEntry, VersionPair> {
  const own = new Map<LedgerEntry, VersionPair>();
  for (const pair of pairs) {
    let moves: LedgerEntry[] = [];
    const isLeftInNone = () => (moves.at(-1)?.toStage ?? 'None') === 'None';
    for (const entry of sourceLedger) {
      if (entry.version !== pair.original.version) continue;
      if (entry.fromStage === 'None' && !isLeftInNone()) moves = [];
      moves.push(entry);
    }
    if (pair.stage === 'None' && !isLeftInNone()) continue;
    for (const entry of moves) own.set(entry, pair);
  }
  return own;
}

/** How many entries of the source's ledger were followed before; undefined where others moved too. */
async function copiedMoves({
  target,
  name,
  sourceLedger,
  pairs,
}: StageCopy): Promise<number | undefined> {
  const digests = new Set(pairs.map(({ original }) => identifyVersion(original)));
  let done = 0;
  for (const { evidence } of await target.readLedger(name)) {
    const copied = parseCopiedEvidence(evidence);
    if (copied === undefined || !digests.has(copied.versionDigest)) return undefined;
    if (copied.entry === null) continue;
    const { hash } = copied.entry;
    const index = sourceLedger.findIndex((entry) => entry.hash === hash);
    if (index === -1) return undefined;
    done = Math.max(done, index + 1);
  }
  return done;
}

/** Stages that one version holds come last, so that no holder is displaced without need. */
async function settle(copy: StageCopy): Promise<number> {
  const { target, name } = copy;
  const wrong: VersionPair[] = [];
  for (const pair of copy.pairs) {
    const { stage } = await target.getModelVersion(name, pair.version);
    if (stage !== pair.stage) wrong.push(pair);
  }
  const heldLast = wrong.sort(
    (a, b) => Number(isHeldStage(a.stage)) - Number(isHeldStage(b.stage)),
  );
  for (const pair of heldLast) await move(copy, pair, { stage: pair.stage, entry: null });
  return wrong.length;
}

async function move(
  { target, name, sourceUri, actor, now }: StageCopy,
  { original, version }: VersionPair,
  { stage, entry }: { readonly stage: Stage; readonly entry: LedgerEntry | null },
): Promise<void> {
  const at = now();
  const evidence: CopiedEvidence = {
    registry: sourceUri,
    versionDigest: identifyVersion(original),
    entry,
    copiedAt: at,
    copiedBy: actor,
  };
  const why: Pick<StageMove, 'actor' | 'reason' | 'at'> = entry ?? {
    actor,
    reason: `copied from version ${original.version}, which is in ${stage}`,
    at,
  };
  const holder = isHeldStage(stage) ? await target.findVersionByStage(name, stage) : undefined;
  await target.moveStage({
    name,
    version,
    stage,
    expectedHolder: holder?.version ?? null,
    actor: why.actor,
    reason: why.reason,
    at: why.at,
    evidence: formatCopiedEvidence(evidence),
  });
}

/** Where people move versions in MLflow's own stages, those are not ours. */
async function copyMlflowStage(
  { target, name }: StageCopy,
  { original, version }: VersionPair,
): Promise<void> {
  const { mlflowStage } = await target.getModelVersion(name, version);
  if (mlflowStage === original.mlflowStage) return;
  try {
    await target.moveMlflowStage({ name, version, stage: original.mlflowStage });
  } catch (error) {
    if (!(error instanceof OperationUnsupportedError)) throw error;
  }
}
