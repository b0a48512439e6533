import { GnuMlopsError, type Stage } from '@gnu-mlops/core';

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

/** The name is taken. */
export class AlreadyExistsError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ALREADY_EXISTS';
  readonly kind: 'experiment' | 'registered model';
  readonly existingName: string;

  constructor(kind: 'experiment' | 'registered model', name: string) {
    super(
      AlreadyExistsError.code,
      `There is a ${kind} named "${name}" already (deleted ones keep their names). Use it, restore it, or choose another name.`,
    );
    this.kind = kind;
    this.existingName = name;
  }
}

/** A name or a key that no registry accepts: empty, too long, or with forbidden characters. */
export class NameInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_NAME_INVALID';
  /** What the name is for, such as `metric` or `registered model`. */
  readonly kind: string;

  constructor(kind: string, name: unknown, problem: string) {
    super(
      NameInvalidError.code,
      `${quoteShort(name)} is no valid name for ${article(kind)} ${kind}: ${problem}`,
    );
    this.kind = kind;
  }
}

/** The name belongs to the stages, and only a stage move may write it. */
export class NameReservedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_NAME_RESERVED';
  readonly reservedName: string;

  constructor(kind: 'alias' | 'tag', name: string) {
    super(
      NameReservedError.code,
      `The ${kind} "${name}" follows the stage of a version and cannot be written by hand. Move the version to the stage instead.`,
    );
    this.reservedName = name;
  }
}

/** A value that no registry accepts: of the wrong type, out of range, or too long. */
export class ValueInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_VALUE_INVALID';
  /** Which value, such as `max_results` or `parameter "depth"`. */
  readonly subject: string;

  constructor(subject: string, problem: string) {
    super(ValueInvalidError.code, `The ${subject} ${problem}`);
    this.subject = subject;
  }
}

/** The parameter was logged before, with another value. */
export class ParamConflictError extends GnuMlopsError {
  static readonly code = 'REGISTRY_PARAM_CONFLICT';
  /** The run or logged model. */
  readonly ownerId: string;
  readonly key: string;
  readonly oldValue: string;

  constructor(
    ownerId: string,
    key: string,
    values: { readonly old: string; readonly new: string },
  ) {
    super(
      ParamConflictError.code,
      `${ownerInWords(ownerId)} has parameter "${key}" = ${quoteShort(values.old)} already and it cannot change to ${quoteShort(values.new)}. Log it in ${ownerId.startsWith('m-') ? 'a model' : 'a run'} of its own.`,
    );
    this.ownerId = ownerId;
    this.key = key;
    this.oldValue = values.old;
  }
}

/** The run or experiment is deleted: it can be read, not written. */
export class DeletedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_DELETED';
  readonly kind: 'run' | 'experiment';
  readonly id: string;

  constructor(kind: 'run' | 'experiment', id: string) {
    super(DeletedError.code, `The ${kind} "${id}" is deleted. Restore it before you write to it.`);
    this.kind = kind;
    this.id = id;
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

/** Another version holds the stage than the caller saw: someone else was faster. */
export class StageConflictError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STAGE_CONFLICT';
  readonly modelName: string;
  readonly stage: Stage;
  /** The version that holds the stage; null when none does. */
  readonly holder: string | null;
  readonly expectedHolder: string | null;

  constructor(
    modelName: string,
    stage: Stage,
    holders: { readonly actual: string | null; readonly expected: string | null },
  ) {
    super(
      StageConflictError.code,
      `${stage} of "${modelName}" is held by ${inWords(holders.actual)}, not by ${inWords(holders.expected)} as expected. Nothing was changed; look at the model again and plan anew.`,
    );
    this.modelName = modelName;
    this.stage = stage;
    this.holder = holders.actual;
    this.expectedHolder = holders.expected;
  }
}

/** The version is in another stage than the caller saw: someone else has moved it. */
export class VersionConflictError extends GnuMlopsError {
  static readonly code = 'REGISTRY_VERSION_CONFLICT';
  readonly modelName: string;
  readonly version: string;
  readonly stage: Stage;
  readonly expectedStage: Stage;

  constructor(
    modelName: string,
    version: string,
    stages: { readonly actual: Stage; readonly expected: Stage },
  ) {
    super(
      VersionConflictError.code,
      `Version ${version} of "${modelName}" is in ${stages.actual}, not in ${stages.expected} as expected. Nothing was changed; look at the model again and plan anew.`,
    );
    this.modelName = modelName;
    this.version = version;
    this.stage = stages.actual;
    this.expectedStage = stages.expected;
  }
}

/** The version holds a stage, and cannot be deleted while it does. */
export class StageHeldError extends GnuMlopsError {
  static readonly code = 'REGISTRY_STAGE_HELD';
  readonly modelName: string;
  readonly version: string;
  readonly stage: Stage;

  constructor(modelName: string, version: string, stage: Stage) {
    super(
      StageHeldError.code,
      `Version ${version} of "${modelName}" is in ${stage} and cannot be deleted there. Move it to Archived first, with a reason, so that the ledger tells of it.`,
    );
    this.modelName = modelName;
    this.version = version;
    this.stage = stage;
  }
}

/** This kind of registry cannot do that by its nature. */
export class OperationUnsupportedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_OPERATION_UNSUPPORTED';
  /** The method, such as `collectGarbage`. */
  readonly operation: string;

  /** @param reason a sentence: why, and what to do instead. */
  constructor(operation: string, registry: string, reason: string) {
    super(
      OperationUnsupportedError.code,
      `The registry ${registry} cannot do ${operation}: ${reason}`,
    );
    this.operation = operation;
  }
}

function ownerInWords(ownerId: string): string {
  if (ownerId.startsWith('version ')) return ownerId.replace('v', 'V');
  return `${ownerId.startsWith('m-') ? 'Logged model' : 'Run'} ${ownerId}`;
}

function inWords(version: string | null): string {
  return version === null ? 'no version' : `version ${version}`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}

function quoteShort(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
