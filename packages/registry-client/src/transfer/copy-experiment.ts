import type { Experiment, LoggedModel, Run } from '../entities.ts';
import type { CopySession } from './copy-session.ts';
import { targetExperiment } from './copy-session.ts';
import { originTags, tagsToCopy } from './copy-tags.ts';
import { copyLoggedModel } from './copy-logged-model.ts';
import { type CopiedRun, copyRunInto } from './copy-run.ts';
import { parentsFirst } from './parents-first.ts';

/** What became of an experiment. */
export interface CopiedExperiment {
  readonly experimentId: string;
  readonly name: string;
  /** Parents before what is nested in them. */
  readonly runs: readonly CopiedRun[];
  /** Logged models that no run made. */
  readonly loggedModelCount: number;
}

/** Copy an experiment: its tags, every run that is not deleted, and logged models that no run made. */
export async function copyExperimentInto(
  session: CopySession,
  experiment: Experiment,
): Promise<CopiedExperiment> {
  const { source, target, context } = session;
  const found: Pick<Run, 'runId' | 'runName' | 'startTime' | 'tags'>[] = [];
  for await (const { runId, runName, startTime, tags } of source.runs(experiment.experimentId)) {
    found.push({ runId, runName, startTime, tags });
  }
  const { experimentId, name, tags } = await targetExperiment(session, experiment.experimentId);
  const wanted = {
    ...tagsToCopy(experiment.tags),
    ...originTags(experiment.experimentId, source.uri),
  };
  for (const [key, value] of Object.entries(wanted)) {
    if (tags[key] !== value) await target.setExperimentTag(experimentId, key, value);
  }
  const runs: CopiedRun[] = [];
  const total = found.length;
  for (const { runId, runName } of parentsFirst(found)) {
    context.onProgress?.({ stage: 'copy runs', done: runs.length, total, detail: runName });
    runs.push(await copyRunInto(session, runId));
  }
  context.onProgress?.({ stage: 'copy runs', done: total, total });
  const alone: LoggedModel[] = [];
  for await (const model of source.loggedModels(experiment.experimentId)) {
    if (model.sourceRunId === undefined) alone.push(model);
  }
  for (const { modelId } of alone) await copyLoggedModel(session, modelId, { experimentId });
  return { experimentId, name, runs, loggedModelCount: alone.length };
}
