import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { hashLedgerEntry } from '../../src/ledger-chain.ts';
import { schema1 } from '../../src/sqlite/schema-1.ts';

/** The runs of the store: one with artifacts, and a deleted one. */
export const RUN = 'a'.repeat(32);
export const DELETED_RUN = 'b'.repeat(32);

/** A store as the first version of this package left it behind. */
export function makeFirstSchema(): { path: string; root: string } {
  const folder = temporaryFolder();
  const path = `${folder}/mlflow.db`;
  const root = `${folder}/mlartifacts`;
  const database = new DatabaseSync(path);
  database.exec(schema1);
  database.exec('PRAGMA application_id = 0x474e554d; PRAGMA user_version = 1');
  database.exec(`
    INSERT INTO experiments VALUES (0, 'Default', 'active', 1, 1), (7, 'churn', 'active', 100, 200);
    INSERT INTO experiment_tags VALUES (7, 'team', 'crm');
    INSERT INTO runs VALUES
      ('${RUN}', 'forest', 7, 'FINISHED', 50, 60, 'ada', 'active', 0),
      ('${DELETED_RUN}', 'bad', 7, 'FAILED', 40, NULL, 'ada', 'deleted', 0);
    INSERT INTO run_tags VALUES ('${RUN}', 'note', 'good');
    INSERT INTO run_params VALUES ('${RUN}', 'depth', '4');
    INSERT INTO metric_points VALUES ('${RUN}', 'f1', 0.7, 51, 0), ('${RUN}', 'f1', 0.8, 52, 1),
      ('${RUN}', 'loss', NULL, 52, 0);
    INSERT INTO latest_metrics VALUES ('${RUN}', 'f1', 0.8, 52, 1), ('${RUN}', 'loss', NULL, 52, 0);
    INSERT INTO run_inputs VALUES (1, '${RUN}', 'a.csv', 'd1', 'local', '{}', NULL, NULL, NULL);
    INSERT INTO registered_models VALUES ('m', 'a model', 300, 400);
    INSERT INTO registered_model_tags VALUES ('m', 'team', 'crm');
    INSERT INTO model_versions VALUES
      ('m', 1, 'Archived', '', 'runs:/${RUN}/model', '${RUN}', 301, 302),
      ('m', 2, 'GNU_Production', '', '${pathToFileURL(root).href}/7/${RUN}/artifacts/model', NULL, 303, 304);
    INSERT INTO model_version_tags VALUES ('m', 2, 'gnu_mlops.stage', 'GNU_Production');
    INSERT INTO model_aliases VALUES ('m', 'champion', 2), ('m', 'production', 2);
  `);
  const move = {
    sequence: 1,
    modelName: 'm',
    version: '2',
    fromStage: 'None',
    toStage: 'GNU_Production',
    displacedVersion: null,
    actor: 'ada',
    reason: 'good',
    evidence: '{}',
    at: 303,
    previousHash: '0'.repeat(64),
  } as const;
  database
    .prepare('INSERT INTO stage_ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(...Object.values(move), hashLedgerEntry(move));
  database.close();

  const artifacts = `${root}/7/${RUN}/artifacts`;
  for (const [file, text] of [
    ['note.txt', 'a note'],
    ['model/data/model.bin', 'weights'],
  ]) {
    mkdirSync(dirname(`${artifacts}/${file}`), { recursive: true });
    writeFileSync(`${artifacts}/${file}`, text!);
  }
  writeFileSync(`${folder}/secret.txt`, 'secret');
  symlinkSync(`${folder}/secret.txt`, `${artifacts}/outside.txt`);
  symlinkSync('note.txt', `${artifacts}/inside.txt`);
  return { path, root };
}
