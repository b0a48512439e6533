import { checkStageMove } from '../check-stage-move.ts';
import type { LedgerEntry } from '../entities.ts';
import { StageConflictError, VersionConflictError } from '../conflict-errors.ts';
import type { Registry, StageMove } from '../registry.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { isHeldStage } from '../stage-aliases.ts';
import { findVersionByStage } from './find-by-stage.ts';
import { getModelVersion } from './model-versions.ts';
import { type Remote, create, entityIn, get } from './remote.ts';
import { formatTags, readObjects } from './wire-values.ts';

/** What a server that keeps stages and ledger itself does by itself. */
type StageMethods = Pick<Registry, 'moveStage' | 'readLedger'>;

/**
 * The same registry, but where the server says that it keeps stages and ledger itself, as ours does,
 * it is asked for them. It is asked once, before the first stage move.
 */
export function withServerStages(registry: Registry, remote: Remote): Registry {
  const theirs: StageMethods = {
    moveStage: (move) => moveThere(remote, move),
    readLedger: async (name) =>
      readObjects(
        await get(remote, 'gnu-mlops/read-ledger', { name }),
        'entries',
      ) as unknown as LedgerEntry[],
  };
  let asked: Promise<boolean> | undefined;
  async function stages(): Promise<StageMethods> {
    asked ??= keepsStages(remote);
    try {
      return (await asked) ? theirs : registry;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  }
  return {
    ...registry,
    moveStage: async (move) => (await stages()).moveStage(move),
    readLedger: async (name) => (await stages()).readLedger(name),
  };
}

async function keepsStages(remote: Remote): Promise<boolean> {
  try {
    return (await get(remote, 'server-info', {}))['gnu_mlops_stages'] === true;
  } catch (error) {
    // A server of MLflow knows no such address.
    if (error instanceof RemoteRefusedError) return false;
    throw error;
  }
}

async function moveThere(remote: Remote, move: StageMove): Promise<LedgerEntry> {
  checkStageMove(move);
  const { name, version, stage, expectedHolder, expectedStage, tags = {}, description } = move;
  await getModelVersion(remote, { name, version });
  const { actor, reason, evidence, at } = move;
  const body = {
    ...{ name, version, stage, expected_holder: expectedHolder },
    ...{ actor, reason, evidence, at, tags: formatTags(tags) },
    ...(expectedStage === undefined ? {} : { expected_stage: expectedStage }),
    ...(description === undefined ? {} : { description }),
  };
  try {
    const answer = await create(remote, 'gnu-mlops/move-stage', body);
    return entityIn(remote, answer, 'entry') as unknown as LedgerEntry;
  } catch (error) {
    throw (await conflictOf(remote, move, error)) ?? error;
  }
}

/** What the move ran into, looked up again: the server says only that it did. */
async function conflictOf(
  remote: Remote,
  { name, version, stage, expectedHolder, expectedStage }: StageMove,
  error: unknown,
): Promise<Error | undefined> {
  if (!(error instanceof RemoteRefusedError) || error.serverCode !== 'RESOURCE_CONFLICT') {
    return undefined;
  }
  const { stage: actual } = await getModelVersion(remote, { name, version });
  if (expectedStage !== undefined && actual !== expectedStage) {
    return new VersionConflictError(name, version, { actual, expected: expectedStage });
  }
  const holder = isHeldStage(stage) ? await findVersionByStage(remote, name, stage) : undefined;
  return new StageConflictError(name, stage, {
    actual: holder?.version ?? null,
    expected: expectedHolder,
  });
}
