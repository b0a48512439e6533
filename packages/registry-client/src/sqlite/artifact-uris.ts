/** Where the artifacts of an experiment lie when it does not say. */
export function experimentLocation(experiment: {
  readonly experiment_id: number;
  readonly artifact_location: string | null;
}): string {
  return experiment.artifact_location ?? `mlflow-artifacts:/${experiment.experiment_id}`;
}

/** The folder of a run's artifacts, or of a logged model's, as MLflow's clients know it. */
export function ownerUri(location: string, ownerId: string): string {
  const base = location.replace(/\/+$/, '');
  return isLoggedModelId(ownerId)
    ? `${base}/models/${ownerId}/artifacts`
    : `${base}/${ownerId}/artifacts`;
}

/** Whether an id is that of a logged model; else it is that of a run. */
export function isLoggedModelId(ownerId: string): boolean {
  return ownerId.startsWith('m-');
}
