import { GnuMlopsError } from '@gnu-mlops/core';
import { quoteShort } from './error-words.ts';

/** There is no experiment with that id. */
export class ExperimentNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_EXPERIMENT_NOT_FOUND';
  readonly experimentId: string;

  constructor(experimentId: string) {
    super(
      ExperimentNotFoundError.code,
      `There is no experiment ${JSON.stringify(experimentId)} in this registry. Look it up by name, or create it first.`,
    );
    this.experimentId = experimentId;
  }
}

/** There is no run with that id. */
export class RunNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_RUN_NOT_FOUND';
  readonly runId: string;

  constructor(runId: string) {
    super(
      RunNotFoundError.code,
      `There is no run ${JSON.stringify(runId)} in this registry. A run id has 32 hexadecimal digits; search the runs of the experiment for it.`,
    );
    this.runId = runId;
  }
}

/** There is no registered model with that name. */
export class RegisteredModelNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_MODEL_NOT_FOUND';
  readonly modelName: string;

  constructor(modelName: string) {
    super(
      RegisteredModelNotFoundError.code,
      `There is no registered model "${modelName}" in this registry. Create it first, or check the spelling.`,
    );
    this.modelName = modelName;
  }
}

/** The registered model has no such version. */
export class ModelVersionNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_VERSION_NOT_FOUND';
  readonly modelName: string;
  readonly version: string;

  constructor(modelName: string, version: string) {
    super(
      ModelVersionNotFoundError.code,
      `Registered model "${modelName}" has no version ${JSON.stringify(version)}. Versions are whole numbers from 1, as text.`,
    );
    this.modelName = modelName;
    this.version = version;
  }
}

/** There is no logged model with that id. */
export class LoggedModelNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_LOGGED_MODEL_NOT_FOUND';
  readonly modelId: string;

  constructor(modelId: string) {
    super(
      LoggedModelNotFoundError.code,
      `There is no logged model ${JSON.stringify(modelId)} in this registry, or it was deleted. An id is "m-" and 32 hexadecimal digits; search the logged models of the experiment for it.`,
    );
    this.modelId = modelId;
  }
}

/** The tag to delete is not there. */
export class TagNotFoundError extends GnuMlopsError {
  static readonly code = 'REGISTRY_TAG_NOT_FOUND';
  /** Such as `run 0123...`. */
  readonly owner: string;
  readonly key: string;

  /** @param owner such as `run 0123...`. */
  constructor(owner: string, key: string) {
    super(
      TagNotFoundError.code,
      `There is no tag ${quoteShort(key)} on ${owner}. Look at its tags; keys are compared exactly.`,
    );
    this.owner = owner;
    this.key = key;
  }
}
