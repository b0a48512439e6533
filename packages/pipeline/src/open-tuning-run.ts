import { describeDataset } from './describe-dataset.ts';
import type { PreparedTable } from './prepare-training-table.ts';
import { runParams } from './run-params.ts';
import { runTags, subjectTags } from './run-tags.ts';
import type { TuningRun } from './trial-runs.ts';
import type { TuningOptions } from './tuning-options.ts';
import { checkTuningPlan, tuningPlan, writeTuningPlan } from './tuning-plan.ts';

/**
 * Begin the run of a tuning, or open the one that is resumed.
 *
 * @throws {TuningResumeError} when the run to resume is no tuning or searched something else.
 */
export async function openTuningRun(
  prepared: PreparedTable,
  options: TuningOptions,
): Promise<TuningRun> {
  const { registry, resume } = options;
  const plan = tuningPlan(prepared, options);
  const dataset = describeDataset(prepared);
  // The profile of wide tables is large, and the run of the tuning has it.
  const { profile: _profile, ...unprofiled } = dataset;
  const subject = { tags: subjectTags(prepared, options), dataset: unprofiled };
  if (resume !== undefined) {
    const { runId, experimentId } = await registry.getRun(resume);
    await checkTuningPlan(runId, plan, options);
    // Before it runs again: they may say who goes on with it, and whether that is still there.
    if (options.tags !== undefined) await registry.logBatch(runId, { tags: options.tags });
    await registry.updateRun(runId, { status: 'RUNNING' });
    return { runId, experimentId, options, subject };
  }
  const { experimentId } = await registry.ensureExperiment(options.experimentName);
  const { runId } = await registry.createRun({
    experimentId,
    startTime: options.now(),
    tags: { ...runTags(prepared, options), 'gnu_mlops.kind': 'tuning' },
    ...(options.runName === undefined ? {} : { runName: options.runName }),
    ...(options.userId === undefined ? {} : { userId: options.userId }),
  });
  await writeTuningPlan(runId, plan, options);
  await registry.logInputs(runId, [dataset]);
  await registry.logBatch(runId, {
    params: { ...runParams(prepared, options), sampler: options.sampler?.kind ?? 'tpe' },
  });
  return { runId, experimentId, options, subject };
}
