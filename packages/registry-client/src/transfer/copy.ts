import type { Registry } from '../registry.ts';
import { type CopiedExperiment, copyExperimentInto } from './copy-experiment.ts';
import { type CopiedModel, type ModelCopy, copyModelInto } from './copy-model.ts';
import { type CopiedRun, copyRunInto } from './copy-run.ts';
import { type TransferContext, startCopy } from './copy-session.ts';
import { findExperimentOf } from './find-experiment.ts';
import { registrySource } from './registry-source.ts';
import { CopyTargetError } from './transfer-errors.ts';

/** The registries at both ends of a copy, each of any kind; they may be the same one. */
export interface CopyRoute {
  readonly from: Registry;
  readonly to: Registry;
}

export interface CopyRunRequest {
  readonly runId: string;
  /** Where the copy goes; default: the experiment of the same name, made where it is not there. */
  readonly experimentName?: string;
}

export interface CopyExperimentRequest {
  /** Of the experiment to copy. */
  readonly name: string;
  /** What the copy is called; default: the same. */
  readonly newName?: string;
}

export interface CopyModelRequest extends Pick<ModelCopy, 'actor' | 'now'> {
  /** Of the registered model to copy. */
  readonly name: string;
  /** What the copy is called; default: the same. */
  readonly newName?: string;
  /** Where copies of the runs go; default: experiments of the same names. */
  readonly experimentName?: string;
}

/**
 * Copy a run: parameters, tags, every value of every metric, data sets, artifacts as streams with
 * their digests checked, logged models. The copy has an id of its own; the tags
 * `gnu_mlops.copied_from` and `gnu_mlops.copied_from_registry` say what it is a copy of.
 *
 * A copy that was interrupted is completed by the next one, and one that is there is brought up to
 * date: nothing is made twice. Several who copy the same run at the same time, in one process or in
 * many, agree on one copy and fill that together.
 *
 * @throws {RunNotFoundError | ArtifactDamagedError | CopyTargetError} and what both registries throw.
 */
export async function copyRun(
  { from, to }: CopyRoute,
  { runId, experimentName }: CopyRunRequest,
  context: TransferContext = {},
): Promise<CopiedRun> {
  if (from.uri === to.uri) {
    const { experimentId } = await from.getRun(runId);
    const { name } = await from.getExperiment(experimentId);
    checkMoves(`Run ${runId}`, name, experimentName);
  }
  return copyRunInto(
    startCopy(registrySource(from, context), to, { experimentName, context }),
    runId,
  );
}

/**
 * Copy an experiment with its tags and every run that is not deleted, each as {@link copyRun} does;
 * runs nested in others are nested in the copies of those.
 *
 * @throws {ExperimentNotFoundError | DeletedError | ArtifactDamagedError | CopyTargetError} and what
 *   both registries throw.
 */
export async function copyExperiment(
  { from, to }: CopyRoute,
  { name, newName }: CopyExperimentRequest,
  context: TransferContext = {},
): Promise<CopiedExperiment> {
  if (from.uri === to.uri) checkMoves(`Experiment "${name}"`, name, newName);
  const experiment = await findExperimentOf(from, name);
  const source = registrySource(from, context);
  const session = startCopy(source, to, { experimentName: newName, context });
  return copyExperimentInto(session, experiment);
}

/**
 * Copy a registered model: its versions in the order of their numbers, each with the run or logged
 * model that its files belong to, then stages and aliases. The moves of the source's ledger are made
 * again at the target, with their actors, reasons and times, and with the entries themselves as
 * evidence, so that the target too answers which version was in production when. Where the target
 * has moved versions of the model itself, its stages and aliases stay as they are.
 *
 * Repeated as {@link copyRun} is: versions that are there are not copied again. One copy of the same
 * model at a time, please; two at once may leave two versions.
 *
 * @throws {RegisteredModelNotFoundError | ArtifactDamagedError | CopyTargetError} and what both
 *   registries throw.
 */
export async function copyModel(
  { from, to }: CopyRoute,
  { name, newName = name, experimentName, actor, now }: CopyModelRequest,
  context: TransferContext = {},
): Promise<CopiedModel> {
  if (from.uri === to.uri) checkMoves(`Model "${name}"`, name, newName);
  const source = registrySource(from, context);
  const model = await source.getModel(name);
  const session = startCopy(source, to, { experimentName, context });
  return copyModelInto(session, model, { name: newName, actor, now });
}

/** @throws {CopyTargetError} within one registry, when the copy would have the name of the original. */
function checkMoves(subject: string, name: string, newName: string | undefined): void {
  if (newName === undefined || newName === name) throw new CopyTargetError(subject);
}
