import type { Stage } from '@gnu-mlops/core';
import { checkStageMove } from '../check-stage-move.ts';
import type { LedgerEntry, MlflowStage, ModelVersion } from '../entities.ts';
import { StageConflictError, VersionConflictError } from '../conflict-errors.ts';
import type { StageMove } from '../registry.ts';
import {
  type HeldStage,
  HELD_STAGES,
  STAGE_ALIASES,
  STAGE_TAG,
  isHeldStage,
} from '../stage-aliases.ts';
import { pointAlias, removeAlias } from './aliases.ts';
import { appendLedger } from './ledger.ts';
import { touchModel } from './registered-models.ts';
import type { Store } from './store.ts';
import { type VersionRow, toVersion, versionRow, writeVersionTags } from './version-rows.ts';

/** Undefined where no version holds the stage, or there is no such model. */
export function findVersionByStage(
  store: Store,
  name: string,
  stage: HeldStage,
): ModelVersion | undefined {
  return store.db.read(() => {
    const row = holderOf(store, name, stage);
    return row === undefined ? undefined : toVersion(store, row);
  });
}

/**
 * Move a version to a stage, in one step: the version that held the stage is archived, the aliases
 * and the stage tags follow, and the ledger grows by one entry. Moving a version to the stage that it
 * holds changes its tags and description and is noted too.
 *
 * @throws {StageConflictError} when another version than expected holds the stage. None and Archived
 *   are held by no version.
 * @throws {VersionConflictError} when the version is in another stage than expected.
 * @throws {ModelVersionNotFoundError | NameReservedError | ValueInvalidError}
 */
export function moveStage(store: Store, move: StageMove): LedgerEntry {
  checkStageMove(move);
  const { name, stage, at } = move;
  return store.db.write('full', () => {
    const moved = versionRow(store, name, move.version);
    const { expectedStage = moved.stage } = move;
    if (moved.stage !== expectedStage) {
      throw new VersionConflictError(name, move.version, {
        actual: moved.stage,
        expected: expectedStage,
      });
    }
    const holder = isHeldStage(stage) ? holderOf(store, name, stage) : undefined;
    const actual = holder === undefined ? null : String(holder.version);
    if (actual !== move.expectedHolder) {
      throw new StageConflictError(name, stage, { actual, expected: move.expectedHolder });
    }
    const displaced = holder?.version === moved.version ? undefined : holder;
    if (displaced !== undefined) setStage(store, displaced, { stage: 'Archived', at });
    setStage(store, moved, { stage, at });
    writeVersionTags(store, moved, move.tags ?? {});
    if (move.description !== undefined) describe(store, moved, move.description);
    for (const held of HELD_STAGES) followStage(store, name, held);
    touchModel(store, name);
    return appendLedger(store, {
      modelName: name,
      version: move.version,
      fromStage: moved.stage,
      toStage: stage,
      displacedVersion: displaced === undefined ? null : String(displaced.version),
      actor: move.actor,
      reason: move.reason,
      evidence: move.evidence,
      at,
    });
  });
}

function holderOf(store: Store, name: string, stage: HeldStage): VersionRow | undefined {
  return store.db.get<VersionRow>('SELECT * FROM model_versions WHERE name = ? AND stage = ?', [
    name,
    stage,
  ]);
}

/** What MLflow's clients see of our stages. */
const MLFLOW_STAGE: Readonly<Record<Stage, MlflowStage>> = {
  None: 'None',
  Staging: 'Staging',
  GNU_Production: 'Production',
  Archived: 'Archived',
};

function setStage(
  store: Store,
  version: VersionRow,
  { stage, at }: { readonly stage: Stage; readonly at: number },
): void {
  store.db.run(
    `UPDATE model_versions SET stage = ?, mlflow_stage = ?, last_updated_time = ?
     WHERE name = ? AND version = ?`,
    [stage, MLFLOW_STAGE[stage], at, version.name, version.version],
  );
  writeVersionTags(store, version, { [STAGE_TAG]: stage });
}

function describe(store: Store, { name, version }: VersionRow, description: string): void {
  store.db.run('UPDATE model_versions SET description = ? WHERE name = ? AND version = ?', [
    description,
    name,
    version,
  ]);
}

/** Point the aliases of a stage at its holder, or remove them when there is none. */
function followStage(store: Store, name: string, stage: HeldStage): void {
  const holder = holderOf(store, name, stage);
  for (const alias of STAGE_ALIASES[stage]) {
    if (holder === undefined) removeAlias(store, name, alias);
    else pointAlias(store, name, { alias, version: holder.version });
  }
}
