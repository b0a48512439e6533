import { checkArtifactPath } from '../artifact-path.ts';
import type { Artifact, ArtifactDigest } from '../entities.ts';
import { ArtifactNotFoundError, DeletedError } from '../errors.ts';
import { parseRunsUri } from '../model-source.ts';
import { ArtifactLocationError } from '../remote-errors.ts';
import { sha256Hex } from '../sha256.ts';
import { getModelVersion } from './model-versions.ts';
import { type Remote, get, orFail } from './remote.ts';
import { getRun } from './runs.ts';
import { readNumber, readObjects, readText } from './wire-values.ts';

const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

/** @throws {RunNotFoundError | DeletedError | ArtifactPathError | ArtifactLocationError} */
export async function uploadArtifact(
  remote: Remote,
  { runId, path }: { readonly runId: string; readonly path: string },
  content: Uint8Array,
): Promise<ArtifactDigest> {
  checkArtifactPath(path);
  const run = await getRun(remote, runId);
  if (run.lifecycleStage === 'deleted') throw new DeletedError('run', runId);
  const folder = proxyPath(remote, `run ${runId}`, run.artifactUri);
  await remote.client.askBytes({
    method: 'PUT',
    path: `${folder}/${encodePath(path)}`,
    body: content,
    twice: 'harmless',
  });
  return { sizeBytes: content.length, sha256: sha256Hex(content) };
}

/** @throws {RunNotFoundError | ArtifactNotFoundError | ArtifactPathError | ArtifactLocationError} */
export async function downloadArtifact(
  remote: Remote,
  runId: string,
  path: string,
): Promise<Uint8Array> {
  checkArtifactPath(path);
  const { artifactUri } = await getRun(remote, runId);
  const folder = proxyPath(remote, `run ${runId}`, artifactUri);
  return readFile(
    remote,
    `${folder}/${encodePath(path)}`,
    () => new ArtifactNotFoundError(runId, path),
  );
}

/** @throws {RunNotFoundError | ArtifactPathError} */
export async function listArtifacts(
  remote: Remote,
  runId: string,
  folder: string | undefined,
): Promise<Artifact[]> {
  if (folder !== undefined) checkArtifactPath(folder);
  await getRun(remote, runId);
  const found: Artifact[] = [];
  let token: string | undefined;
  do {
    const answer = await get(remote, 'artifacts/list', {
      run_id: runId,
      path: folder,
      page_token: token,
    });
    for (const wire of readObjects(answer, 'files')) {
      const path = readText(wire, 'path');
      // A file is listed in place of what a folder of its name would hold.
      if (path === folder) continue;
      found.push(
        wire['is_dir'] === true
          ? { path, isFolder: true }
          : { path, isFolder: false, sizeBytes: readNumber(wire, 'file_size') },
      );
    }
    token = readText(answer, 'next_page_token') || undefined;
  } while (token !== undefined);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * One file of the folder that a version's source names.
 *
 * @throws {ModelVersionNotFoundError | ArtifactNotFoundError | ArtifactPathError | ArtifactLocationError}
 */
export async function downloadModelFile(
  remote: Remote,
  { name, version }: { readonly name: string; readonly version: string },
  path: string,
): Promise<Uint8Array> {
  const { source, runId = '' } = await getModelVersion(remote, name, version);
  checkArtifactPath(path);
  const place = parseRunsUri(source);
  if (place !== undefined) {
    const below = place.folder === '' ? path : `${place.folder}/${path}`;
    return downloadArtifact(remote, place.runId, below);
  }
  const { artifact_uri: uri } = await get(remote, 'model-versions/get-download-uri', {
    name,
    version,
  });
  const folder = proxyPath(remote, `version ${version} of "${name}"`, String(uri ?? source));
  return readFile(
    remote,
    `${folder}/${encodePath(path)}`,
    () => new ArtifactNotFoundError(runId, path),
  );
}

/**
 * The path on the server that passes on what lies at a location. Other servers than ours are not
 * asked: the credentials are for ours.
 */
function proxyPath({ client }: Remote, subject: string, location: string): string {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(location)?.[1]?.toLowerCase() ?? '';
  const server = new URL(client.server);
  if (scheme === 'mlflow-artifacts') {
    const [, host, path] = /^mlflow-artifacts:(?:\/\/([^/]*))?(\/?.*)$/i.exec(location)!;
    if (host === undefined || host === '' || host === server.host) return join(path!);
  }
  if (scheme === 'http' || scheme === 'https') {
    const path = location.startsWith(`${client.server}${PROXY}/`)
      ? location.slice(client.server.length + PROXY.length)
      : undefined;
    if (path !== undefined) return join(path);
  }
  throw new ArtifactLocationError(subject, scheme);
}

function join(path: string): string {
  return `${PROXY}/${encodePath(path.replace(/^\/+|\/+$/g, ''))}`;
}

async function readFile(remote: Remote, path: string, notFound: () => Error): Promise<Uint8Array> {
  return orFail(remote.client.askBytes({ method: 'GET', path }), ({ status, serverMessage }) => {
    const isFolder = status === 400 && /directory/i.test(serverMessage);
    return status === 404 || isFolder ? notFound() : undefined;
  });
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
