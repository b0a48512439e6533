import type { MlflowStage, ModelVersion } from '../entities.ts';
import { ValueInvalidError } from '../value-errors.ts';
import type { MlflowStageMove } from '../registry.ts';
import { modelRow, touchModel } from './registered-models.ts';
import type { Store } from './store.ts';
import { type VersionRow, toVersion, versionRow } from './version-rows.ts';

const MLFLOW_STAGES: readonly MlflowStage[] = ['None', 'Staging', 'Production', 'Archived'];

/**
 * Move a version in MLflow's own stages, and archive the others in that stage where that is asked.
 *
 * @throws {RegisteredModelNotFoundError | ModelVersionNotFoundError | ValueInvalidError}
 */
export function moveMlflowStage(store: Store, move: MlflowStageMove): ModelVersion {
  const { name, version, stage, others = 'keep' } = move;
  checkStages([stage]);
  if (others === 'archive' && stage !== 'Staging' && stage !== 'Production') {
    throw new ValueInvalidError(
      'move',
      `archives the others of Staging and Production only, not of ${stage}.`,
    );
  }
  return store.db.write('full', () => {
    const row = versionRow(store, name, version);
    const now = store.now();
    if (others === 'archive') {
      store.db.run(
        `UPDATE model_versions SET mlflow_stage = 'Archived', last_updated_time = ?
         WHERE name = ? AND mlflow_stage = ? AND version <> ?`,
        [now, name, stage, row.version],
      );
    }
    store.db.run(
      `UPDATE model_versions SET mlflow_stage = ?, last_updated_time = ?
       WHERE name = ? AND version = ?`,
      [stage, now, name, row.version],
    );
    touchModel(store, name);
    return toVersion(store, versionRow(store, name, version));
  });
}

/**
 * The newest version in each of MLflow's stages that has one, or in those asked for.
 *
 * @throws {RegisteredModelNotFoundError | ValueInvalidError}
 */
export function findLatestVersions(
  store: Store,
  name: string,
  stages: readonly MlflowStage[] = MLFLOW_STAGES,
): ModelVersion[] {
  checkStages(stages);
  return store.db.read(() => {
    modelRow(store, name);
    return store.db
      .all<VersionRow>(
        `SELECT v.*, max(v.version) FROM model_versions v
         WHERE v.name = ? AND v.mlflow_stage IN (SELECT value FROM json_each(?))
         GROUP BY v.mlflow_stage ORDER BY v.version`,
        [name, JSON.stringify(stages)],
      )
      .map((row) => toVersion(store, row));
  });
}

function checkStages(stages: readonly MlflowStage[]): void {
  const unknown = stages.find((stage) => !MLFLOW_STAGES.includes(stage));
  if (unknown === undefined) return;
  throw new ValueInvalidError(
    'stage',
    `is one of MLflow's ${MLFLOW_STAGES.join(', ')}, not ${JSON.stringify(unknown)}.`,
  );
}
