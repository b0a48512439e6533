import { formatRunsUri } from '@gnu-mlops/registry-client';
import { leadsOut } from './artifacts/checked-path.ts';
import { parseServedPath } from './artifacts/served-path.ts';
import { RequestInvalidError } from './errors.ts';

/**
 * Where a new version lies, as the registry writes it down. What lies behind this server is named by
 * its run or logged model, so that it can be read by whoever opens the registry without the server.
 *
 * @throws {RequestInvalidError} for a path of somebody's disk, and one that leads out of where it is.
 */
export function readSource(source: string): string {
  if (isLocal(source)) throw refusedPath(source);
  if (leadsOut(source)) throw refusedSteps(source);
  const served = /^mlflow-artifacts:\/([^/].*)$/.exec(source)?.[1];
  const place = served === undefined ? undefined : parseServedPath(served);
  if (place === undefined) return source;
  const { ownerId, path } = place;
  if (!ownerId.startsWith('m-')) return formatRunsUri({ runId: ownerId, folder: path });
  return path === '' ? `models:/${ownerId}` : source;
}

function isLocal(source: string): boolean {
  return !/^[a-zA-Z][a-zA-Z0-9+.-]+:/.test(source) || source.toLowerCase().startsWith('file:');
}

function refusedPath(source: string): RequestInvalidError {
  return new RequestInvalidError(
    `Invalid model version source: '${source}'. To use a local path as a model version source, its files must lie with a run or a logged model of this server. Log the model to a run, and give the URI that this returns.`,
  );
}

function refusedSteps(source: string): RequestInvalidError {
  return new RequestInvalidError(
    `Invalid model version source: '${source}'. If supplying a source as an http, https, ftp or mlflow-artifacts URI, or one of a bucket, it must be absolute, without '..' in it.`,
  );
}
