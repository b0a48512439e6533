/**
 * The first schema. Times are milliseconds since the epoch; a metric's NULL value is NaN, which
 * SQLite does not keep as a number.
 */
export const schema1 = `
CREATE TABLE experiments (
  experiment_id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  lifecycle_stage TEXT NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
  creation_time INTEGER NOT NULL,
  last_update_time INTEGER NOT NULL
) STRICT;

CREATE TABLE experiment_tags (
  experiment_id INTEGER NOT NULL REFERENCES experiments,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  run_id TEXT PRIMARY KEY,
  run_name TEXT NOT NULL,
  experiment_id INTEGER NOT NULL REFERENCES experiments,
  status TEXT NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER,
  user_id TEXT NOT NULL,
  lifecycle_stage TEXT NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
  deleted_with_experiment INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_newest_first ON runs (experiment_id, start_time DESC, run_id);

CREATE TABLE run_tags (
  run_id TEXT NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_params (
  run_id TEXT NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_points (
  run_id TEXT NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value REAL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX metric_points_once
  ON metric_points (run_id, key, step, timestamp, ifnull(value, 'NaN'));

CREATE TABLE latest_metrics (
  run_id TEXT NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value REAL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_inputs (
  input_id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  context TEXT
) STRICT;
CREATE UNIQUE INDEX run_inputs_once ON run_inputs (run_id, name, digest, ifnull(context, ''));

CREATE TABLE registered_models (
  name TEXT PRIMARY KEY,
  description TEXT NOT NULL,
  creation_time INTEGER NOT NULL,
  last_updated_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE registered_model_tags (
  name TEXT NOT NULL REFERENCES registered_models,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_versions (
  name TEXT NOT NULL REFERENCES registered_models,
  version INTEGER NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('None', 'Staging', 'GNU_Production', 'Archived')),
  description TEXT NOT NULL,
  source TEXT NOT NULL,
  run_id TEXT,
  creation_time INTEGER NOT NULL,
  last_updated_time INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stage_held_once ON model_versions (name, stage)
  WHERE stage IN ('Staging', 'GNU_Production');

CREATE TABLE model_version_tags (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, version, key),
  FOREIGN KEY (name, version) REFERENCES model_versions
) STRICT, WITHOUT ROWID;

CREATE TABLE model_aliases (
  name TEXT NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES model_versions
) STRICT, WITHOUT ROWID;
CREATE INDEX model_aliases_of_version ON model_aliases (name, version);

CREATE TABLE stage_ledger (
  sequence INTEGER PRIMARY KEY,
  model_name TEXT NOT NULL,
  version TEXT NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  displaced_version TEXT,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX stage_ledger_of_model ON stage_ledger (model_name, sequence);
CREATE TRIGGER stage_ledger_keeps_entries BEFORE UPDATE ON stage_ledger
BEGIN
  SELECT RAISE(ABORT, 'the stage ledger is append-only');
END;
CREATE TRIGGER stage_ledger_loses_no_entries BEFORE DELETE ON stage_ledger
BEGIN
  SELECT RAISE(ABORT, 'the stage ledger is append-only');
END;
CREATE TRIGGER stage_ledger_grows_at_its_end BEFORE INSERT ON stage_ledger
WHEN NEW.sequence IS NOT (SELECT ifnull(max(sequence), 0) + 1 FROM stage_ledger)
BEGIN
  SELECT RAISE(ABORT, 'the stage ledger is append-only');
END;
`;
