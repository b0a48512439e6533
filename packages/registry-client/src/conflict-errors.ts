import { GnuMlopsError, type Stage } from '@gnu-mlops/core';
import { ownerInWords, quoteShort } from './error-words.ts';

/** The name is taken. */
export class AlreadyExistsError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ALREADY_EXISTS';
  readonly kind: 'experiment' | 'registered model';
  readonly existingName: string;

  constructor(kind: 'experiment' | 'registered model', name: string) {
    super(
      AlreadyExistsError.code,
      `The ${kind} "${name}" is there already (deleted ones keep their names). Use it, restore it, or choose another name.`,
    );
    this.kind = kind;
    this.existingName = name;
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

function inWords(version: string | null): string {
  return version === null ? 'no version' : `version ${version}`;
}
