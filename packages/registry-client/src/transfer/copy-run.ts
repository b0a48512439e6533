import type { Artifact, DatasetInput, Run, Tags } from '../entities.ts';
import { RunNotFoundError } from '../not-found-errors.ts';
import { LIMITS } from '../limits.ts';
import type { NewRun, Registry } from '../registry.ts';
import { type FileCopy, copyFiles } from './copy-files.ts';
import { copyLoggedModel } from './copy-logged-model.ts';
import { copyMetrics, copyModelMetrics } from './copy-metrics.ts';
import { type CopySession, targetExperiment } from './copy-session.ts';
import { COPIED_DIGEST_TAG, originTags } from './copy-tags.ts';
import { ensureRunCopy } from './ensure-run-copy.ts';
import { findRunCopy } from './find-run-copy.ts';
import { fingerprintRun } from './run-fingerprint.ts';
import { copiedRunTags } from './copied-run-tags.ts';

/** What became of a run. */
export interface CopiedRun {
  readonly sourceRunId: string;
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  /**
   * `unchanged`: it was copied before, and is as it was then. `original`: it is there itself, as an
   * export finds it that is imported to where it is from.
   */
  readonly outcome: 'copied' | 'updated' | 'unchanged' | 'original';
  readonly metricPointCount: number;
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/**
 * Copy a run with everything it holds, or complete and update the copy that is there. What says that
 * the copy is complete is written last.
 */
export async function copyRunInto(session: CopySession, sourceRunId: string): Promise<CopiedRun> {
  const known = session.runs.get(sourceRunId);
  if (known !== undefined) return known;
  session.context.signal?.throwIfAborted();
  const run = await session.source.getRun(sourceRunId);
  const { experimentId } = await targetExperiment(session, run.experimentId);
  const found =
    session.copies.get(sourceRunId) ??
    (await findRunCopy(session.target, experimentId, sourceRunId));
  const copied =
    found === undefined && (await isThereItself(session.target, run, experimentId))
      ? describeCopy(run, { runId: sourceRunId, experimentId }, { outcome: 'original' })
      : await copyOrUpdate(session, run, { found, experimentId });
  session.runs.set(sourceRunId, copied);
  return copied;
}

async function copyOrUpdate(
  session: CopySession,
  run: Run,
  { found, experimentId }: { readonly found: Run | undefined; readonly experimentId: string },
): Promise<CopiedRun> {
  const files: Artifact[] = [];
  for await (const file of session.source.files(run.runId)) files.push(file);
  const fingerprint = fingerprintRun(run, files);
  const { copy, place } =
    found === undefined
      ? await ensureRunCopy(session, { sourceId: run.runId, run: newCopy(run, experimentId) })
      : ({ copy: found, place: 'resumed' } as const);
  const copiedBefore = copy.tags[COPIED_DIGEST_TAG];
  if (copiedBefore === fingerprint) {
    await copyModels(session, run, copy);
    return describeCopy(run, copy, { outcome: 'unchanged' });
  }
  const amount = await fillCopy(session, run, { copy, files, place });
  await session.target.logBatch(copy.runId, { tags: { [COPIED_DIGEST_TAG]: fingerprint } });
  const outcome = copiedBefore === undefined ? 'copied' : 'updated';
  return describeCopy(run, copy, { outcome, ...amount });
}

function describeCopy(
  { runId: sourceRunId, runName }: Run,
  { runId, experimentId }: Pick<Run, 'runId' | 'experimentId'>,
  what: Pick<CopiedRun, 'outcome'> & Partial<CopiedRun>,
): CopiedRun {
  const nothing = { metricPointCount: 0, fileCount: 0, sizeBytes: 0 };
  return { sourceRunId, runId, runName, experimentId, ...nothing, ...what };
}

/** Whether the target has the run itself, as the registry has that it was once exported from. */
async function isThereItself(
  target: Registry,
  { runId }: Run,
  experimentId: string,
): Promise<boolean> {
  try {
    const there = await target.getRun(runId);
    return there.experimentId === experimentId && there.lifecycleStage === 'active';
  } catch (error) {
    if (error instanceof RunNotFoundError) return false;
    throw error;
  }
}

/** Begin the copy of a run where nobody else does: nothing in it yet but what it is a copy of. */
export async function createRunCopy(
  { source, target }: CopySession,
  run: Run,
  experimentId: string,
): Promise<Run> {
  const tags = originTags(run.runId, source.uri);
  return target.createRun({ ...newCopy(run, experimentId), tags });
}

function newCopy({ runName, startTime, userId }: Run, experimentId: string): Omit<NewRun, 'tags'> {
  return { experimentId, runName, startTime, userId };
}

async function fillCopy(
  session: CopySession,
  run: Run,
  { copy, files, place }: { readonly copy: Run } & Required<Pick<FileCopy, 'files' | 'place'>>,
): Promise<Pick<CopiedRun, 'metricPointCount' | 'fileCount' | 'sizeBytes'>> {
  const { source, target } = session;
  const { runId } = copy;
  await logInputs(target, copy, run.inputs);
  for (const params of chunks(run.params, LIMITS.paramsPerBatch)) {
    await target.logBatch(runId, { params });
  }
  await copyModels(session, run, copy);
  const metricPointCount = await copyMetrics(session, run, runId);
  const open = (path: string) => source.openFile(run.runId, path);
  const copiedFiles = await copyFiles(session, { files, open, ownerId: runId, place });
  const tags = await copiedRunTags(session, run, copy);
  for (const some of chunks(tags, LIMITS.tagsPerBatch))
    await target.logBatch(runId, { tags: some });
  const { status, runName, endTime } = run;
  await target.updateRun(runId, {
    status,
    runName,
    ...(endTime === undefined ? {} : { endTime }),
  });
  return { metricPointCount, ...copiedFiles };
}

/** Logged models that the run made are copied with it; of those it read, copies are named. */
async function copyModels(session: CopySession, run: Run, copy: Run): Promise<void> {
  const outputs = [];
  for (const { modelId, step } of run.modelOutputs) {
    const model = await copyLoggedModel(session, modelId, copy);
    if (model.modelId !== undefined) outputs.push({ modelId: model.modelId, step });
  }
  const inputs = run.modelInputs.flatMap((id) => session.loggedModels.get(id)?.modelId ?? []);
  const isNew = (id: string, known: readonly string[]) => !known.includes(id);
  const made = copy.modelOutputs.map(({ modelId }) => modelId);
  const models = {
    inputs: inputs.filter((id) => isNew(id, copy.modelInputs)),
    outputs: outputs.filter(({ modelId }) => isNew(modelId, made)),
  };
  if (models.inputs.length + models.outputs.length > 0) {
    await session.target.logModels(copy.runId, models);
  }
  const ids = [...run.modelInputs, ...run.modelOutputs.map(({ modelId }) => modelId)];
  await copyModelMetrics(session, { run, ids }, copy.runId);
}

async function logInputs(
  target: Registry,
  copy: Run,
  inputs: readonly DatasetInput[],
): Promise<void> {
  const keyOf = ({ name, digest, context = '' }: DatasetInput) =>
    JSON.stringify([name, digest, context]);
  const logged = new Set(copy.inputs.map(keyOf));
  const missing = inputs.filter((input) => !logged.has(keyOf(input)));
  if (missing.length > 0) await target.logInputs(copy.runId, missing);
}

function chunks(tags: Tags, size: number): Tags[] {
  const entries = Object.entries(tags);
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, i) =>
    Object.fromEntries(entries.slice(i * size, (i + 1) * size)),
  );
}
