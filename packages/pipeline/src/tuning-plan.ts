import { type JsonObject, type JsonValue, canonicalJson } from '@gnu-mlops/core';
import { ArtifactNotFoundError } from '@gnu-mlops/registry-client';
import { defaultSearchSpace } from '@gnu-mlops/trainer';
import { TuningResumeError } from './errors.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import type { TuningOptions } from './tuning-options.ts';

/** The artifact of a tuning's run that says what it searches. */
const PLAN_FILE = 'tuning.json';

/** Everything that decides what a trial of a tuning measures and what is suggested next. */
export function tuningPlan(prepared: PreparedTable, options: TuningOptions): JsonObject {
  const { algorithm, hyperparameters, space, sampler, pruner, metric, direction } = options;
  const { groupColumn, timeColumn } = prepared.use;
  const plan = {
    data_digest: prepared.digest,
    target: prepared.target,
    task: prepared.task,
    features: learntColumns(prepared),
    algorithm,
    hyperparameters: hyperparameters ?? {},
    recipe: options.recipe ?? null,
    space: space ?? defaultSearchSpace(algorithm) ?? null,
    sampler: sampler ?? { kind: 'tpe' },
    pruner: pruner ?? { kind: 'median' },
    metric: metric ?? null,
    direction: direction ?? null,
    test_size: options.testSize,
    cv_folds: options.folds,
    random_state: options.seed,
    // Only where they have a say, so that tunings from before they were there go on.
    ...(groupColumn !== undefined && { group_column: groupColumn }),
    ...(timeColumn !== undefined && { time_column: timeColumn }),
    ...(options.positiveClass !== undefined && { positive_class: options.positiveClass }),
  };
  return JSON.parse(JSON.stringify(plan)) as JsonObject;
}

function learntColumns({ table, target, use }: PreparedTable): readonly string[] {
  const apart = [target, use.groupColumn, use.timeColumn];
  const names = [...table.columns.keys()];
  const { features = names.filter((name) => !apart.includes(name)) } = use;
  return names.filter((name) => features.includes(name));
}

/** Keep the plan with the run. */
export async function writeTuningPlan(
  runId: string,
  plan: JsonObject,
  { registry }: TuningOptions,
): Promise<void> {
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  await registry.uploadArtifact(runId, PLAN_FILE, new TextEncoder().encode(text));
}

/**
 * Check that a run is a tuning that searches the same.
 *
 * @throws {TuningResumeError} naming what differs.
 */
export async function checkTuningPlan(
  runId: string,
  plan: JsonObject,
  { registry }: TuningOptions,
): Promise<void> {
  let kept: JsonObject;
  try {
    const bytes = await registry.downloadArtifact(runId, PLAN_FILE);
    kept = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject;
  } catch (error) {
    if (!(error instanceof ArtifactNotFoundError) && !(error instanceof SyntaxError)) throw error;
    throw new TuningResumeError(runId, 'is no tuning: it has no plan. Give the run of a tuning.');
  }
  const differing = Object.keys(plan).filter((key) => textOf(kept[key]) !== textOf(plan[key]));
  if (differing.length === 0) return;
  throw new TuningResumeError(
    runId,
    `searched with another ${differing.join(', ')}. Resume it with what it began with ` +
      `(its artifact ${PLAN_FILE}), or begin a new one.`,
  );
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? '' : canonicalJson(value);
}
