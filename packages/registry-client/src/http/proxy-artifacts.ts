import type { CallOptions } from '../call-options.ts';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { ArtifactNotFoundError } from '../artifact-errors.ts';
import { ArtifactLocationError, RemoteRefusedError } from '../remote-errors.ts';
import type { ArtifactOwner, ArtifactStore } from './artifact-store.ts';
import { sizeOf } from './content-length.ts';
import { encodePath } from './encode-path.ts';
import { listOwned, readFileInfo } from './list-owned.ts';
import { type Wire, orFail } from './remote.ts';
import { readObjects } from './wire-values.ts';

const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

/** Artifacts that an MLflow server passes on: `mlflow-artifacts:`. */
export function createProxyArtifacts(wire: Wire): ArtifactStore {
  const pathOf = (owner: ArtifactOwner, path: string) =>
    `${proxyFolder(wire, `${owner.kind} ${owner.ownerId}`, owner.artifactUri)}/${encodePath(path)}`;
  return {
    async upload(owner, path, { content, signal }) {
      await wire.client.askBytes({
        method: 'PUT',
        path: pathOf(owner, path),
        body: content,
        twice: 'harmless',
        signal,
      });
    },
    async open(owner, path, options) {
      const notFound = () => new ArtifactNotFoundError(owner.ownerId, path);
      return openProxied(wire, pathOf(owner, path), { notFound, ...options });
    },
    async list(owner, folder, options) {
      return listOwned(wire, owner, { folder, ...options });
    },
    async remove(owner, path) {
      const call = { method: 'DELETE', path: pathOf(owner, path), twice: 'harmless' } as const;
      await wire.client.askBytes(call);
    },
  };
}

/**
 * The bytes of what lies at a path of the server's.
 *
 * A server of MLflow 2 calls a file that is not there a failure of its own, which looks as one that
 * passes: the folder says which it is.
 */
export async function openProxied(
  wire: Wire,
  path: string,
  { notFound, signal }: CallOptions & { readonly notFound: () => Error },
): Promise<ArtifactStream> {
  const call = { method: 'GET', path, signal } as const;
  const first = wire.client.askStream({ ...call, finalStatuses: [500] });
  const asked = first.catch(async (error: unknown) => {
    if (!(error instanceof RemoteRefusedError) || error.status !== 500) throw error;
    const slash = path.lastIndexOf('/');
    const folder = decodeURIComponent(path.slice(PROXY.length + 1, slash));
    const siblings = await listProxied(wire, folder, signal === undefined ? {} : { signal });
    const name = decodeURIComponent(path.slice(slash + 1));
    const isThere = siblings.some((sibling) => !sibling.isFolder && sibling.path === name);
    if (!isThere) throw notFound();
    return wire.client.askStream(call);
  });
  const answer = await orFail(asked, ({ status, serverMessage }) => {
    const isFolder = status === 400 && /directory/i.test(serverMessage);
    return status === 404 || isFolder ? notFound() : undefined;
  });
  return { ...sizeOf(answer), content: answer.content };
}

/** What lies right below a folder that the server passes on, paths from that folder. */
export async function listProxied(
  { client }: Wire,
  folder: string,
  { signal }: CallOptions,
): Promise<Artifact[]> {
  const query = { path: folder };
  const answer = await client.askJson({ method: 'GET', path: PROXY, query, signal });
  return readObjects(answer, 'files').map((wire) => readFileInfo(wire));
}

/**
 * The path on the server that passes on what lies at a location. Other servers than ours are not
 * asked: the credentials are for ours.
 *
 * @throws {ArtifactLocationError}
 */
export function proxyFolder({ client }: Wire, subject: string, location: string): string {
  return `${PROXY}/${encodePath(proxiedPath({ client }, subject, location))}`;
}

/** The same without what stands before it, and not encoded. */
export function proxiedPath({ client }: Wire, subject: string, location: string): string {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(location)?.[1]?.toLowerCase() ?? '';
  const server = new URL(client.server);
  if (scheme === 'mlflow-artifacts') {
    const [, host, path] = /^mlflow-artifacts:(?:\/\/([^/]*))?(\/?.*)$/i.exec(location)!;
    if (host === undefined || host === '' || host === server.host) return trim(path!);
  }
  const proxy = `${client.server}${PROXY}/`;
  if ((scheme === 'http' || scheme === 'https') && location.startsWith(proxy)) {
    return trim(location.slice(proxy.length));
  }
  throw new ArtifactLocationError(subject, scheme);
}

function trim(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
