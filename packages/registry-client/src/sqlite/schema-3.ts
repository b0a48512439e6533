/**
 * The third schema: runs have numbers, small and in no order. What belongs to a run carries its
 * number, experiment and time too, so that searches go over indexes alone. A process that opened the store before and knows
 * nothing of this can write no run any more: what it wrote would not be found.
 */
export const schema3 = `
DROP INDEX runs_newest_first;
DROP INDEX run_params_by_value;
DROP INDEX run_tags_by_value;
DROP INDEX latest_metrics_by_value;

ALTER TABLE runs ADD COLUMN run_number INTEGER NOT NULL DEFAULT -1;
UPDATE runs SET run_number = numbered.number
  FROM (SELECT run_id, row_number() OVER (ORDER BY run_id) AS number FROM runs) numbered
  WHERE numbered.run_id = runs.run_id;
CREATE UNIQUE INDEX runs_by_number ON runs (run_number);
CREATE INDEX runs_newest_first
  ON runs (experiment_id, start_time DESC, run_id, lifecycle_stage, run_number);
CREATE INDEX runs_by_end
  ON runs (experiment_id, end_time, start_time DESC, run_id, run_number);
CREATE INDEX runs_by_name
  ON runs (experiment_id, run_name, start_time DESC, run_id, run_number);
CREATE INDEX runs_by_status
  ON runs (experiment_id, status, start_time DESC, run_id, run_number);
CREATE INDEX runs_by_user
  ON runs (experiment_id, user_id, start_time DESC, run_id, run_number);
CREATE INDEX runs_out_of_sight ON runs (experiment_id, run_number)
  WHERE lifecycle_stage = 'deleted';

ALTER TABLE run_params ADD COLUMN experiment_id INTEGER NOT NULL DEFAULT -1;
ALTER TABLE run_params ADD COLUMN run_number INTEGER NOT NULL DEFAULT -1;
ALTER TABLE run_params ADD COLUMN start_time INTEGER NOT NULL DEFAULT 0;
UPDATE run_params SET (experiment_id, run_number, start_time) =
  (SELECT experiment_id, run_number, start_time FROM runs r WHERE r.run_id = run_params.run_id);
CREATE INDEX run_params_by_value
  ON run_params (experiment_id, key, value, start_time DESC, run_id, run_number)
  WHERE length(value) <= 100;
CREATE INDEX run_params_long ON run_params (experiment_id, key, run_number)
  WHERE length(value) > 100;

ALTER TABLE run_tags ADD COLUMN experiment_id INTEGER NOT NULL DEFAULT -1;
ALTER TABLE run_tags ADD COLUMN run_number INTEGER NOT NULL DEFAULT -1;
ALTER TABLE run_tags ADD COLUMN start_time INTEGER NOT NULL DEFAULT 0;
UPDATE run_tags SET (experiment_id, run_number, start_time) =
  (SELECT experiment_id, run_number, start_time FROM runs r WHERE r.run_id = run_tags.run_id);
CREATE INDEX run_tags_by_value
  ON run_tags (experiment_id, key, value, start_time DESC, run_id, run_number)
  WHERE length(value) <= 100;
CREATE INDEX run_tags_long ON run_tags (experiment_id, key, run_number)
  WHERE length(value) > 100;

ALTER TABLE latest_metrics ADD COLUMN run_number INTEGER NOT NULL DEFAULT -1;
ALTER TABLE latest_metrics ADD COLUMN start_time INTEGER NOT NULL DEFAULT 0;
UPDATE latest_metrics SET (run_number, start_time) =
  (SELECT run_number, start_time FROM runs r WHERE r.run_id = latest_metrics.run_id);
CREATE INDEX latest_metrics_by_value
  ON latest_metrics (experiment_id, key, value DESC, start_time DESC, run_id, run_number);

ALTER TABLE run_inputs ADD COLUMN experiment_id INTEGER NOT NULL DEFAULT -1;
ALTER TABLE run_inputs ADD COLUMN run_number INTEGER NOT NULL DEFAULT -1;
UPDATE run_inputs SET (experiment_id, run_number) =
  (SELECT experiment_id, run_number FROM runs r WHERE r.run_id = run_inputs.run_id);
CREATE INDEX run_inputs_by_name
  ON run_inputs (experiment_id, name, digest, context, run_number);

CREATE INDEX logged_model_metrics_latest
  ON logged_model_metrics (model_id, key, timestamp DESC, step DESC, value, dataset_name,
    dataset_digest);
CREATE INDEX logged_model_metrics_by_value
  ON logged_model_metrics (key, value, model_id, dataset_name, dataset_digest);

CREATE TRIGGER runs_have_numbers BEFORE INSERT ON runs WHEN NEW.run_number < 1
BEGIN
  SELECT RAISE(ABORT, 'the store was brought up to date meanwhile: open it anew');
END;
CREATE TRIGGER run_params_have_numbers BEFORE INSERT ON run_params WHEN NEW.run_number < 1
BEGIN
  SELECT RAISE(ABORT, 'the store was brought up to date meanwhile: open it anew');
END;
CREATE TRIGGER run_tags_have_numbers BEFORE INSERT ON run_tags WHEN NEW.run_number < 1
BEGIN
  SELECT RAISE(ABORT, 'the store was brought up to date meanwhile: open it anew');
END;
CREATE TRIGGER latest_metrics_have_numbers BEFORE INSERT ON latest_metrics WHEN NEW.run_number < 1
BEGIN
  SELECT RAISE(ABORT, 'the store was brought up to date meanwhile: open it anew');
END;
CREATE TRIGGER run_inputs_have_numbers BEFORE INSERT ON run_inputs WHEN NEW.run_number < 1
BEGIN
  SELECT RAISE(ABORT, 'the store was brought up to date meanwhile: open it anew');
END;
`;
