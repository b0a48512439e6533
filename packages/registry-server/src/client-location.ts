import type { Experiment, LoggedModel, Run } from '@gnu-mlops/registry-client';

/*
 * Where clients find artifacts. What lies with the registry, or behind a server before it, reaches
 * clients through this server, at `mlflow-artifacts:/<experiment>/...`; other locations, such as a
 * bucket, they read and write themselves.
 */

/** Where a Databricks workspace keeps artifacts, which it gives to whoever shows its credentials. */
const DATABRICKS = 'dbfs:/databricks/';

/** Where the artifacts of an experiment's runs lie, for clients. */
export function experimentLocation({ artifactLocation, experimentId }: Experiment): string {
  return isServed(artifactLocation) ? `mlflow-artifacts:/${experimentId}` : artifactLocation;
}

/** Where the artifacts of a run lie, for clients. */
export function runLocation({ artifactUri, experimentId, runId }: Run): string {
  return isServed(artifactUri)
    ? `mlflow-artifacts:/${experimentId}/${runId}/artifacts`
    : artifactUri;
}

/** Where the files of a logged model lie, for clients. */
export function modelLocation({ artifactUri, experimentId, modelId }: LoggedModel): string {
  return isServed(artifactUri)
    ? `mlflow-artifacts:/${experimentId}/models/${modelId}/artifacts`
    : artifactUri;
}

/**
 * Where the files of a version lie, for clients, as its source says. A workspace's own clients register
 * places of its storage, which ours reach through this server.
 */
export function sourceLocation(source: string): string {
  const path = /^dbfs:\/databricks\/mlflow-tracking\/(.+)$/.exec(source)?.[1];
  if (path === undefined) return source;
  return `mlflow-artifacts:/${path.replace(/^([^/]+)\/logged_models\//, '$1/models/')}`;
}

function isServed(uri: string): boolean {
  return /^(file|mlflow-artifacts|https?):/.test(uri) || uri.startsWith(DATABRICKS);
}
