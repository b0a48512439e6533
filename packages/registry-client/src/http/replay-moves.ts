import type { Stage } from '@gnu-mlops/core';
import type { LedgerEntry } from '../entities.ts';
import { type HeldStage, HELD_STAGES, STAGE_ALIASES, isHeldStage } from '../stage-aliases.ts';

/** Where the versions of a model stand. */
export interface Standing {
  /** The stage of every version that the ledger names. */
  readonly stages: ReadonlyMap<string, Stage>;
  readonly holders: Readonly<Record<HeldStage, string | null>>;
}

/**
 * Where versions stand after the moves of a ledger. Who holds a stage that no move has touched is
 * what the aliases say, which somebody may have set before there was a ledger.
 *
 * @param aliases of the model as they are now: alias to version.
 */
export function replayMoves(
  entries: readonly LedgerEntry[],
  aliases: Readonly<Record<string, string>>,
): Standing {
  const stages = new Map<string, Stage>();
  const touched = new Set<Stage>();
  for (const { version, fromStage, toStage, displacedVersion } of entries) {
    if (displacedVersion !== null) stages.set(displacedVersion, 'Archived');
    if (isHeldStage(toStage)) archiveHolders(stages, toStage);
    stages.set(version, toStage);
    touched.add(fromStage).add(toStage);
  }
  const holders: Record<HeldStage, string | null> = { Staging: null, GNU_Production: null };
  for (const stage of HELD_STAGES) {
    const alias = STAGE_ALIASES[stage].find((name) => Object.hasOwn(aliases, name));
    const aliased = alias === undefined ? undefined : aliases[alias];
    holders[stage] =
      [...stages].find(([, held]) => held === stage)?.[0] ??
      (touched.has(stage) || aliased === undefined || stages.has(aliased) ? null : aliased);
  }
  return { stages, holders };
}

/** One version holds a stage; another that held it was deleted by another client. */
function archiveHolders(stages: Map<string, Stage>, held: HeldStage): void {
  for (const [version, stage] of stages) if (stage === held) stages.set(version, 'Archived');
}
