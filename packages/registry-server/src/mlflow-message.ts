import type { GnuMlopsError } from '@gnu-mlops/core';
import {
  AlreadyExistsError,
  ArtifactPathError,
  DeletedError,
  ExperimentNotFoundError,
  LoggedModelNotFoundError,
  ModelVersionNotFoundError,
  ParamConflictError,
  RegisteredModelNotFoundError,
  RunNotFoundError,
  TagNotFoundError,
} from '@gnu-mlops/registry-client';

/**
 * What went wrong in the words that MLflow's clients look for, followed by ours: some failures they
 * can tell apart by nothing else. A path that is refused is answered as MLflow does, to the letter.
 */
export function mlflowMessage(error: GnuMlopsError): string {
  if (error instanceof ArtifactPathError) return 'Invalid path';
  const phrase = mlflowPhrase(error);
  return phrase === undefined ? error.message : `${phrase}. ${error.message}`;
}

function mlflowPhrase(error: GnuMlopsError): string | undefined {
  if (error instanceof ExperimentNotFoundError) {
    return `No Experiment with id=${error.experimentId} exists`;
  }
  if (error instanceof RunNotFoundError) return `Run with id=${error.runId} not found`;
  if (error instanceof LoggedModelNotFoundError) {
    return `Logged model with ID '${error.modelId}' not found`;
  }
  if (error instanceof RegisteredModelNotFoundError) {
    return `Registered Model with name=${error.modelName} not found`;
  }
  if (error instanceof ModelVersionNotFoundError) {
    return `Model Version (name=${error.modelName}, version=${error.version}) not found`;
  }
  if (error instanceof TagNotFoundError) {
    return error.owner.startsWith('logged model')
      ? `No tag with key '${error.key}' found`
      : `No tag with name: ${error.key}`;
  }
  if (error instanceof AlreadyExistsError) return alreadyExists(error);
  if (error instanceof DeletedError) {
    return `The ${error.kind} ${error.id} must be in the 'active' state. Current state is deleted`;
  }
  if (error instanceof ParamConflictError) return 'Changing param values is not allowed';
  return undefined;
}

function alreadyExists({ kind, existingName }: AlreadyExistsError): string {
  return kind === 'experiment'
    ? `Experiment(name=${existingName}) already exists`
    : `Registered Model (name=${existingName}) already exists`;
}
