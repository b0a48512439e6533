import type { Stage } from '@gnu-mlops/core';
import type { MlflowStage, ModelVersion, RegisteredModel } from '../entities.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { HELD_STAGES, STAGE_ALIASES, STAGE_TAG } from '../stage-aliases.ts';
import { pointAlias } from './aliases.ts';
import { type LoggedMove, markSettled, readMoves } from './ledger-log.ts';
import {
  getModelVersion,
  unlessGone,
  updateModelVersion,
  writeVersionTag,
} from './model-versions.ts';
import { getRegisteredModel } from './registered-models.ts';
import type { Remote } from './remote.ts';
import { type Standing, replayMoves } from './replay-moves.ts';

/** Ends up beside the stage where a server takes comments. */
const LONGEST_COMMENT = 1000;

/** What an MLflow server calls our stages. */
const SERVER_STAGES: Readonly<Record<Stage, MlflowStage>> = {
  None: 'None',
  Staging: 'Staging',
  GNU_Production: 'Production',
  Archived: 'Archived',
};

/**
 * Let aliases, tags and the server's stages follow the ledger, as far as they do not yet. Whoever
 * writes looks at the ledger again after its last write, and goes on while that has grown: so the
 * last writer of all writes what the whole ledger says, in whatever order the writes of several
 * arrive.
 */
export async function settleStages(remote: Remote, name: string, runId: string): Promise<void> {
  for (let settled = 0; ;) {
    const moves = await readMoves(remote, runId);
    const newest = moves.length;
    if (newest === settled) {
      // The newest last: while it is not marked, the next mover looks at all of them.
      for (const [i, { isSettled }] of moves.entries()) {
        if (!isSettled) await markSettled(remote, runId, i + 1);
      }
      return;
    }
    const model = await getRegisteredModel(remote, name);
    const standing = replayMoves(
      moves.map(({ entry }) => entry),
      model.aliases,
    );
    for (const move of moves) {
      // A version that is gone needs nothing any more, and must keep nobody from moving others.
      if (!move.isSettled) await unlessGone(writeWhatCameAlong(remote, name, move));
    }
    for (const version of concerned(moves)) {
      const found = await unlessGone(getModelVersion(remote, { name, version }));
      if (found === undefined) continue;
      const stage = standing.stages.get(version)!;
      const comment = commentOn(moves, version);
      await unlessGone(followStage(remote, found, { stage, comment }));
    }
    await followAliases(remote, model, standing);
    settled = newest;
  }
}

/** Versions of moves that are not settled; of those before them, somebody has seen to it. */
function concerned(moves: readonly LoggedMove[]): ReadonlySet<string> {
  const versions = new Set<string>();
  for (const { entry, isSettled } of moves) {
    if (isSettled) continue;
    if (entry.displacedVersion !== null) versions.add(entry.displacedVersion);
    versions.add(entry.version);
  }
  return versions;
}

async function writeWhatCameAlong(remote: Remote, name: string, move: LoggedMove): Promise<void> {
  const { version } = move.entry;
  for (const [key, value] of Object.entries(move.tags)) {
    await writeVersionTag(remote, { name, version }, { key, value });
  }
  if (move.description === undefined) return;
  await updateModelVersion(remote, { name, version }, move.description);
}

interface StageToFollow {
  readonly stage: Stage;
  readonly comment: string;
}

async function followStage(
  remote: Remote,
  found: ModelVersion,
  { stage, comment }: StageToFollow,
): Promise<void> {
  const { name, version } = found;
  if (found.tags[STAGE_TAG] === stage) return;
  try {
    if (remote.models.hasStages) {
      const move = { name, version, stage: SERVER_STAGES[stage], comment } as const;
      await remote.models.moveServerStage({ ...move, others: 'keep' });
    }
  } catch (error) {
    // A server that has no stages any more: aliases and tag say it.
    if (!(error instanceof RemoteRefusedError)) throw error;
  }
  // After the stage: as long as the tag is not right, whoever comes next writes both.
  await writeVersionTag(remote, { name, version }, { key: STAGE_TAG, value: stage });
}

/** What the newest move that touched a version says. */
function commentOn(moves: readonly LoggedMove[], version: string): string {
  const touches = ({ entry }: LoggedMove) =>
    entry.version === version || entry.displacedVersion === version;
  const { actor = '', reason = '' } = moves.findLast(touches)?.entry ?? {};
  return `${actor}: ${reason}`.slice(0, LONGEST_COMMENT);
}

async function followAliases(
  remote: Remote,
  { name, aliases }: RegisteredModel,
  { holders }: Standing,
): Promise<void> {
  for (const stage of HELD_STAGES) {
    const holder = holders[stage];
    for (const alias of STAGE_ALIASES[stage]) {
      const version = Object.hasOwn(aliases, alias) ? aliases[alias]! : null;
      if (version === holder) continue;
      if (holder === null) await remote.models.removeAlias(name, alias);
      else await unlessGone(pointAlias(remote, { name, version: holder }, alias));
    }
  }
}
