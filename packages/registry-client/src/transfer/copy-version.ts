import type { Artifact, ModelVersion } from '../entities.ts';
import { parseModelUri } from '../logged-model-source.ts';
import { formatRunsUri, parseRunsUri } from '../model-source.ts';
import { copyFiles } from './copy-files.ts';
import { copyLoggedModel } from './copy-logged-model.ts';
import { copyRunInto } from './copy-run.ts';
import { type CopySession, targetExperiment } from './copy-session.ts';
import { COPIED_DIGEST_TAG, originTags, tagsToCopy } from './copy-tags.ts';
import { ensureRunCopy } from './ensure-run-copy.ts';
import { identifyVersion } from './identify-version.ts';

/** What became of a version. */
export interface CopiedVersion {
  readonly sourceVersion: string;
  readonly version: string;
  readonly runId?: string;
  /** `unchanged`: it was copied before. `original`: it is there itself. */
  readonly outcome: 'copied' | 'unchanged' | 'original';
}

/** Where the files of a copied version are, and what made them. */
interface CopiedOrigin {
  readonly source: string;
  readonly runId?: string;
}

/**
 * Copy a version: first the run or logged model that its files belong to, then the version itself,
 * which gets the next number of the model. The stage is not copied here.
 *
 * @param copies the versions of the model at the target.
 */
export async function copyVersionInto(
  session: CopySession,
  version: ModelVersion,
  { name, copies }: { readonly name: string; readonly copies: readonly ModelVersion[] },
): Promise<CopiedVersion> {
  const { source, target } = session;
  const identity = identifyVersion(version);
  const found = copies.find(({ tags }) => tags[COPIED_DIGEST_TAG] === identity);
  const original = copies.find((one) => identifyVersion(one) === identity);
  if (original !== undefined) return about(version, original, 'original');
  const wanted = tagsToCopy(version.tags);
  if (found !== undefined) {
    for (const [key, value] of Object.entries(wanted)) {
      if (found.tags[key] === value) continue;
      await target.setModelVersionTag(name, found.version, key, value);
    }
    const { description } = version;
    if (description !== '' && found.description !== description) {
      await target.updateModelVersion(name, found.version, { description });
    }
    return about(version, found, 'unchanged');
  }
  const origin = await copyOrigin(session, version);
  const made = await target.createModelVersion({
    name,
    ...origin,
    ...(version.runLink === undefined ? {} : { runLink: version.runLink }),
    description: version.description,
    tags: {
      ...wanted,
      ...originTags(referTo(version), source.uri),
      [COPIED_DIGEST_TAG]: identity,
    },
    createdAt: version.creationTime,
  });
  return about(version, made, 'copied');
}

function about(
  { version: sourceVersion }: ModelVersion,
  { version, runId }: ModelVersion,
  outcome: CopiedVersion['outcome'],
): CopiedVersion {
  return { sourceVersion, version, ...(runId === undefined ? {} : { runId }), outcome };
}

/** `models:/<name>/<version>`. */
function referTo({ name, version }: ModelVersion): string {
  return `models:/${name}/${version}`;
}

async function copyOrigin(session: CopySession, version: ModelVersion): Promise<CopiedOrigin> {
  const inRun = parseRunsUri(version.source);
  if (inRun !== undefined) {
    const { runId } = await copyRunInto(session, inRun.runId);
    return { source: formatRunsUri({ runId, folder: inRun.folder }), runId };
  }
  const run = version.runId === undefined ? undefined : await copyRunInto(session, version.runId);
  const logged = parseModelUri(version.source);
  if (logged === undefined) return copyFilesOnly(session, version, run?.runId);
  const { modelId, folder } = logged;
  const copied = await copyLoggedModel(session, modelId, await placeOf(session, modelId));
  const source = folder === '' ? copied.source : `${copied.source}/${folder}`;
  return { source, ...(run === undefined ? {} : { runId: run.runId }) };
}

/** A logged model goes with the run that made it, and that run's own copy takes it along. */
async function placeOf(session: CopySession, modelId: string) {
  const { sourceRunId, experimentId } = await session.source.getLoggedModel(modelId);
  if (sourceRunId !== undefined) return copyRunInto(session, sourceRunId);
  return targetExperiment(session, experimentId);
}

/** Files at a place that means nothing to the target go into a run: the version's, or one made for them. */
async function copyFilesOnly(
  session: CopySession,
  version: ModelVersion,
  copiedRunId: string | undefined,
): Promise<CopiedOrigin> {
  const { source } = session;
  const files: Artifact[] = [];
  for await (const file of source.versionFiles(version)) files.push(file);
  const ownerId = copiedRunId ?? (await ensureCarrier(session, version));
  const folder = `gnu_mlops/versions/${identifyVersion(version).slice(0, 16)}`;
  const open = (path: string) => source.openVersionFile(version, path);
  await copyFiles(session, { files, open, ownerId, folder });
  return { source: formatRunsUri({ runId: ownerId, folder }), runId: ownerId };
}

async function ensureCarrier(session: CopySession, version: ModelVersion): Promise<string> {
  const { target, experimentName = version.name } = session;
  const { experimentId } = await target.ensureExperiment(experimentName);
  const identity = identifyVersion(version);
  const { copy } = await ensureRunCopy(session, {
    sourceId: identity,
    run: {
      experimentId,
      runName: `files of version ${version.version}`,
      startTime: version.creationTime,
      userId: version.userId,
    },
  });
  const { runId, status } = copy;
  if (status === 'FINISHED') return runId;
  await target.updateRun(runId, { status: 'FINISHED', endTime: version.creationTime });
  return runId;
}
