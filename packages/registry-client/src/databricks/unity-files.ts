import type { CallOptions } from '../call-options.ts';
import { collectContent } from '../collect-content.ts';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { ArtifactNotFoundError } from '../errors.ts';
import { sizeOf } from '../http/content-length.ts';
import { encodePath } from '../http/encode-path.ts';
import type { VersionKey } from '../http/model-store.ts';
import { type Wire, get, isMissing, orFail, orMissing } from '../http/remote.ts';
import { readNumber, readObjects, readText } from '../http/wire-values.ts';
import { ArtifactLocationError, RemoteRefusedError } from '../remote-errors.ts';
import { readSignedAddress } from './signed-address.ts';
import { openSigned, putSigned } from './signed-transfer.ts';
import type { UnityDialect } from './unity-dialect.ts';

const FILES = '/api/2.0/fs/files';
const DIRECTORIES = '/api/2.0/fs/directories';
const FLAG = 'unity-catalog/registered-models:is-databricks-sdk-models-artifact-repository-enabled';

/** What to do about storage that is reached by a cloud's own client only. */
const ONLY_KEYS =
  'Unity Catalog gives only keys of the cloud for it. Let an administrator turn on access to models through the Files API, or put the schema into default storage.';

/** The files of versions, where Unity Catalog keeps them. */
export interface UnityFiles {
  /** Writes the files of a version, in the way that the service names. */
  openWriter(key: VersionKey): Promise<FileWriter>;
  list(key: VersionKey, folder: string, options: CallOptions): Promise<Artifact[]>;
  /** @throws {ArtifactNotFoundError} */
  open(key: VersionKey, path: string, options: CallOptions): Promise<ArtifactStream>;
}

/** Writes one file whole. */
export type FileWriter = (path: string, file: ArtifactStream) => Promise<void>;

/**
 * The files of versions, below `/Models/<catalog>/<schema>/<model>/<version>`: through the Files API
 * where the workspace has turned that on for models, else by addresses that it signs.
 */
export function createUnityFiles(wire: Wire, dialect: UnityDialect): UnityFiles {
  const { client } = wire;
  /** Asked anew every time: an administrator may turn it on while we run. */
  async function usesFilesApi(): Promise<boolean> {
    try {
      const answer = await get(wire, FLAG, {});
      return answer['is_databricks_sdk_models_artifact_repository_enabled'] === true;
    } catch (error) {
      // A workspace that does not know the question has not turned it on.
      if (error instanceof RemoteRefusedError) return false;
      throw error;
    }
  }
  const signFor = (verb: 'upload' | 'download', path: string) => async () => {
    const call = { method: 'POST', path: `/api/2.0/fs/create-${verb}-url` } as const;
    const answer = await client.askJson({ ...call, body: { path }, twice: 'harmless' });
    return readSignedAddress(wire, answer);
  };

  return {
    async openWriter(key) {
      const folder = folderOf(key);
      if (await usesFilesApi()) {
        return async (path, { content }) => {
          await client.askBytes({
            method: 'PUT',
            path: `${FILES}${encodePath(`${folder}/${path}`)}`,
            query: { overwrite: 'true' },
            body: content,
            twice: 'harmless',
          });
        };
      }
      const mode = await dialect.storageMode(key);
      if (mode !== 'DEFAULT_STORAGE') {
        const location = await dialect.getDownloadUri(key);
        const scheme = /^\w+/.exec(location)?.[0] ?? '';
        throw new ArtifactLocationError(subjectOf(key), scheme, ONLY_KEYS);
      }
      return async (path, { content }) => {
        const file = { label: labelOf(key, path), content: await collectContent(content) };
        await putSigned(wire, signFor('upload', `${folder}/${path}`), file);
      };
    },
    async list(key, folder, { signal }) {
      const root = `${folderOf(key)}/`;
      const path = `${DIRECTORIES}${encodePath(`${root}${folder}`.replace(/\/$/, ''))}`;
      const found: Artifact[] = [];
      let token: string | undefined;
      do {
        const query = { page_token: token };
        const answer = await orMissing(client.askJson({ method: 'GET', path, query, signal }));
        for (const entry of readObjects(answer ?? {}, 'contents')) {
          const entryPath = readText(entry, 'path').slice(root.length);
          found.push(
            entry['is_directory'] === true
              ? { path: entryPath, isFolder: true }
              : { path: entryPath, isFolder: false, sizeBytes: readNumber(entry, 'file_size') },
          );
        }
        token = readText(answer ?? {}, 'next_page_token') || undefined;
      } while (token !== undefined);
      return found;
    },
    async open(key, path, options) {
      const notFound = () => new ArtifactNotFoundError(subjectOf(key), path);
      const full = `${folderOf(key)}/${path}`;
      if (await usesFilesApi()) {
        const call = { method: 'GET', path: `${FILES}${encodePath(full)}`, ...options } as const;
        const answer = await orFail(client.askStream(call), ({ status }) =>
          status === 404 ? notFound() : undefined,
        );
        return { ...sizeOf(answer), content: answer.content };
      }
      const sign = () =>
        orFail(signFor('download', full)(), (refusal) =>
          isMissing(refusal) ? notFound() : undefined,
        );
      return openSigned(wire, sign, { label: labelOf(key, path), notFound, ...options });
    },
  };
}

function folderOf({ name, version }: VersionKey): string {
  return `/Models/${name.replaceAll('.', '/')}/${version}`;
}

function subjectOf({ name, version }: VersionKey): string {
  return `version ${version} of "${name}"`;
}

function labelOf(key: VersionKey, path: string): string {
  return `"${path}" of ${subjectOf(key)}`;
}
