/**
 * The second schema: logged models, artifacts by content, MLflow's own stages, and when something
 * was deleted. What was deleted before counts as deleted when the schema is brought up to date.
 */
export const schema2 = `
ALTER TABLE experiments ADD COLUMN artifact_location TEXT;
ALTER TABLE experiments ADD COLUMN deleted_time INTEGER;
ALTER TABLE runs ADD COLUMN deleted_time INTEGER;
UPDATE experiments SET deleted_time = CAST(unixepoch('subsec') * 1000 AS INTEGER)
  WHERE lifecycle_stage = 'deleted';
UPDATE runs SET deleted_time = CAST(unixepoch('subsec') * 1000 AS INTEGER)
  WHERE lifecycle_stage = 'deleted';

CREATE INDEX runs_deleted ON runs (deleted_time) WHERE deleted_time IS NOT NULL;

ALTER TABLE run_inputs ADD COLUMN tags TEXT;

CREATE TABLE artifacts (
  owner_id TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (owner_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifacts_of_content ON artifacts (sha256);

CREATE TABLE logged_models (
  model_id TEXT PRIMARY KEY,
  experiment_id INTEGER NOT NULL REFERENCES experiments,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('PENDING', 'READY', 'FAILED')),
  status_message TEXT NOT NULL DEFAULT '',
  model_type TEXT NOT NULL,
  source_run_id TEXT,
  user_id TEXT NOT NULL,
  creation_time INTEGER NOT NULL,
  last_updated_time INTEGER NOT NULL,
  deleted_time INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX logged_models_newest_first
  ON logged_models (experiment_id, creation_time DESC, model_id);

CREATE TABLE logged_model_params (
  model_id TEXT NOT NULL REFERENCES logged_models,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model_tags (
  model_id TEXT NOT NULL REFERENCES logged_models,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model_metrics (
  model_id TEXT NOT NULL REFERENCES logged_models,
  key TEXT NOT NULL,
  value REAL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs,
  dataset_name TEXT,
  dataset_digest TEXT
) STRICT;
CREATE UNIQUE INDEX logged_model_metrics_once
  ON logged_model_metrics (model_id, key, run_id, step, timestamp, ifnull(value, 'NaN'),
    ifnull(dataset_name, ''), ifnull(dataset_digest, ''));
CREATE INDEX logged_model_metrics_of_run ON logged_model_metrics (run_id);

CREATE TABLE run_model_inputs (
  position INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs,
  model_id TEXT NOT NULL REFERENCES logged_models,
  UNIQUE (run_id, model_id)
) STRICT;
CREATE INDEX run_model_inputs_of_model ON run_model_inputs (model_id);

CREATE TABLE run_model_outputs (
  position INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs,
  model_id TEXT NOT NULL REFERENCES logged_models,
  step INTEGER NOT NULL,
  UNIQUE (run_id, model_id)
) STRICT;
CREATE INDEX run_model_outputs_of_model ON run_model_outputs (model_id);

ALTER TABLE registered_models ADD COLUMN last_version INTEGER NOT NULL DEFAULT 0;
UPDATE registered_models SET last_version =
  ifnull((SELECT max(version) FROM model_versions v WHERE v.name = registered_models.name), 0);

CREATE TABLE former_model_names (
  name TEXT NOT NULL REFERENCES registered_models,
  former_name TEXT NOT NULL,
  until_sequence INTEGER NOT NULL,
  PRIMARY KEY (name, former_name)
) STRICT, WITHOUT ROWID;

ALTER TABLE model_versions ADD COLUMN mlflow_stage TEXT NOT NULL DEFAULT 'None'
  CHECK (mlflow_stage IN ('None', 'Staging', 'Production', 'Archived'));
ALTER TABLE model_versions ADD COLUMN model_id TEXT;
ALTER TABLE model_versions ADD COLUMN run_link TEXT;
ALTER TABLE model_versions ADD COLUMN user_id TEXT NOT NULL DEFAULT '';
UPDATE model_versions
  SET mlflow_stage = CASE stage WHEN 'GNU_Production' THEN 'Production' ELSE stage END;
CREATE INDEX model_versions_last_changed ON model_versions (last_updated_time DESC, name, version DESC);
CREATE INDEX model_versions_of_run ON model_versions (run_id);

ALTER TABLE latest_metrics ADD COLUMN experiment_id INTEGER NOT NULL DEFAULT -1;
UPDATE latest_metrics SET experiment_id =
  (SELECT experiment_id FROM runs r WHERE r.run_id = latest_metrics.run_id);
CREATE INDEX run_params_by_value ON run_params (key, value, run_id) WHERE length(value) <= 100;
CREATE INDEX run_tags_by_value ON run_tags (key, value, run_id) WHERE length(value) <= 100;
CREATE INDEX latest_metrics_by_value
  ON latest_metrics (experiment_id, key, value DESC, run_id);
`;
