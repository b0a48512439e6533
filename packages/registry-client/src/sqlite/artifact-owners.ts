import { fileURLToPath } from 'node:url';
import { sep } from 'node:path';
import { DeletedError } from '../conflict-errors.ts';
import { LoggedModelNotFoundError, RunNotFoundError } from '../not-found-errors.ts';
import { parseModelUri } from '../logged-model-source.ts';
import { parseRunsUri } from '../model-source.ts';
import { ArtifactLocationError } from '../remote-errors.ts';
import { type ExperimentRow, experimentRow } from './experiments.ts';
import { anyLoggedModelRow } from './logged-model-rows.ts';
import { runRow } from './run-rows.ts';
import { experimentLocation, isLoggedModelId, ownerUri } from './artifact-uris.ts';
import type { Store } from './store.ts';

/** A folder among the artifacts of a run or logged model; '' is their root. */
export interface OwnedFolder {
  readonly ownerId: string;
  readonly folder: string;
}

interface Owner {
  readonly experiment: ExperimentRow;
  readonly isDeleted: boolean;
}

/**
 * Make sure that the artifacts of an owner are kept here and, for `write`, may be written.
 *
 * @throws {RunNotFoundError | LoggedModelNotFoundError | DeletedError | ArtifactLocationError}
 */
export function checkOwner(store: Store, ownerId: string, access: 'read' | 'write'): void {
  if (typeof ownerId !== 'string') throw new RunNotFoundError(ownerId);
  const { experiment, isDeleted } = findOwner(store, ownerId);
  if (isDeleted && access === 'write') {
    throw isLoggedModelId(ownerId)
      ? new LoggedModelNotFoundError(ownerId)
      : new DeletedError('run', ownerId);
  }
  const location = experimentLocation(experiment);
  if (location.startsWith('mlflow-artifacts:')) return;
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(location)?.[1] ?? '';
  throw new ArtifactLocationError(ownerId, scheme);
}

/** The experiment of a run or logged model. @throws {RunNotFoundError | LoggedModelNotFoundError} */
export function ownerExperiment(store: Store, ownerId: string): ExperimentRow {
  return findOwner(store, ownerId).experiment;
}

/** Deleted ones too: a version may still need their files. */
function findOwner(store: Store, ownerId: string): Owner {
  if (isLoggedModelId(ownerId)) {
    const row = anyLoggedModelRow(store, ownerId);
    const experiment = experimentRow(store, String(row.experiment_id));
    return { experiment, isDeleted: row.deleted_time !== null };
  }
  const row = runRow(store, ownerId);
  const experiment = experimentRow(store, String(row.experiment_id));
  return { experiment, isDeleted: row.lifecycle_stage === 'deleted' };
}

/**
 * The folder that a source names, where it is one of ours: `runs:/...`, `models:/m-...`, the URI of
 * the artifacts of a run or logged model, or a path that an earlier schema kept them at.
 */
export function locateSource(store: Store, source: string): OwnedFolder | undefined {
  const run = parseRunsUri(source);
  if (run !== undefined) return { ownerId: run.runId, folder: run.folder };
  const model = parseModelUri(source);
  if (model !== undefined) return { ownerId: model.modelId, folder: model.folder };
  return locateUri(store, source) ?? locatePath(store, source);
}

function locateUri(store: Store, source: string): OwnedFolder | undefined {
  const match = /^(mlflow-artifacts:.*)\/(m-[0-9a-f]{32}|[0-9a-f]{32})\/artifacts(?:\/(.*))?$/.exec(
    source,
  );
  if (match === null) return undefined;
  const ownerId = match[2]!;
  try {
    const uri = ownerUri(experimentLocation(ownerExperiment(store, ownerId)), ownerId);
    return source === uri || source.startsWith(`${uri}/`)
      ? { ownerId, folder: source.slice(uri.length + 1).replace(/\/$/, '') }
      : undefined;
  } catch {
    return undefined;
  }
}

function locatePath({ blobs }: Store, source: string): OwnedFolder | undefined {
  let path: string;
  try {
    path = source.startsWith('file:') ? fileURLToPath(source) : source;
  } catch {
    return undefined;
  }
  if (!path.startsWith(blobs.root + sep)) return undefined;
  const [, ownerId, artifacts, ...folder] = path.slice(blobs.root.length + 1).split(sep);
  if (ownerId === undefined || artifacts !== 'artifacts') return undefined;
  return { ownerId, folder: folder.join('/').replace(/\/$/, '') };
}
