import { GnuMlopsError } from '@gnu-mlops/core';
import { ownerInWords, quoteShort } from './error-words.ts';

/** There is no file at that path among the artifacts. */
export class ArtifactNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ARTIFACT_NOT_FOUND';
  /** The run or logged model. */
  readonly ownerId: string;
  readonly path: string;

  constructor(ownerId: string, path: string, options?: ErrorOptions) {
    super(
      ArtifactNotFoundError.code,
      `${ownerInWords(ownerId)} has no artifact file "${path}". List its artifacts to see what is there.`,
      options,
    );
    this.ownerId = ownerId;
    this.path = path;
  }
}

/** The bytes of an artifact are not those that were announced or written. */
export class ArtifactDamagedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ARTIFACT_DAMAGED';
  readonly ownerId: string;
  readonly path: string;

  /** @param problem such as `its SHA-256 is ..., not ...`. */
  constructor(owner: { readonly ownerId: string; readonly path: string }, problem: string) {
    const { ownerId, path } = owner;
    super(
      ArtifactDamagedError.code,
      `Artifact "${path}" of ${ownerInWords(ownerId).toLowerCase()} is damaged: ${problem}. Write it again from where it came from, or restore the registry's artifacts from a backup.`,
    );
    this.ownerId = ownerId;
    this.path = path;
  }
}

/** The artifact path is none that stays inside the run's artifacts. */
export class ArtifactPathError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ARTIFACT_PATH';
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      ArtifactPathError.code,
      `Artifact path ${quoteShort(path)} is refused: ${problem}. Give a relative path with "/" such as "model/MLmodel".`,
      options,
    );
    this.path = path;
  }
}

/** The version's source is no folder that this registry can read files from. */
export class SourceUnsupportedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_SOURCE_UNSUPPORTED';
  readonly modelName: string;
  readonly version: string;

  constructor(modelName: string, version: string, source: string) {
    super(
      SourceUnsupportedError.code,
      `Version ${version} of "${modelName}" lies at ${quoteShort(source)}, which this registry cannot read. It reads "runs:/<run id>/<folder>" and folders of its own artifacts.`,
    );
    this.modelName = modelName;
    this.version = version;
  }
}
