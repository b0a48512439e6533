import type { CallOptions } from '../call-options.ts';
import type { Artifact, ArtifactStream } from '../entities.ts';
import { ArtifactNotFoundError } from '../artifact-errors.ts';
import { sizeOf } from '../http/content-length.ts';
import { encodePath } from '../http/encode-path.ts';
import type { VersionKey } from '../http/model-store.ts';
import { isMissing, orFail, orMissing } from '../http/remote.ts';
import { readNumber, readObjects, readText } from '../http/wire-values.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { EXPIRY_STATUSES } from './kept-address.ts';
import { readSignedAddress } from './signed-address.ts';
import { openSigned, putSigned } from './signed-transfer.ts';
import type { SourceFile } from './source-files.ts';
import {
  type DatedVersion,
  type UnityPlaces,
  createPlaceFinder,
  subjectOf,
} from './unity-place.ts';

const FILES = '/api/2.0/fs/files';
const DIRECTORIES = '/api/2.0/fs/directories';

/** The files of versions, where Unity Catalog keeps them. */
export interface UnityFiles {
  /** Writes the files of a version, in the way that the service names. */
  openWriter(key: DatedVersion): Promise<FileWriter>;
  list(key: DatedVersion, folder: string, options: CallOptions): Promise<Artifact[]>;
  /** @throws {ArtifactNotFoundError} */
  open(key: DatedVersion, path: string, options: CallOptions): Promise<ArtifactStream>;
}

/** Writes one file whole. */
export type FileWriter = (file: SourceFile) => Promise<void>;

/**
 * The files of versions: below `/Models/<catalog>/<schema>/<model>/<version>` of the Files API or of
 * what the service signs, or in the customer's own storage.
 */
export function createUnityFiles(places: UnityPlaces): UnityFiles {
  const { wire } = places;
  const { client } = wire;
  const findPlace = createPlaceFinder(places);
  const signFor = (verb: 'upload' | 'download', path: string) => async () => {
    const call = { method: 'POST', path: `/api/2.0/fs/create-${verb}-url` } as const;
    const answer = await client.askJson({ ...call, body: { path }, twice: 'harmless' });
    return readSignedAddress(wire, answer);
  };

  return {
    async openWriter(key) {
      const folder = folderOf(key);
      const place = await findPlace(key, 'READ_WRITE');
      switch (place.kind) {
        case 'files-api':
          return async ({ path, open }) => {
            const { content } = await open();
            await client.askBytes({
              method: 'PUT',
              path: `${FILES}${encodePath(`${folder}/${path}`)}`,
              query: { overwrite: 'true' },
              body: content,
              twice: 'harmless',
            });
          };
        case 'signed':
          return async ({ path, open }) => {
            const label = labelOf(key, path);
            const sign = signFor('upload', `${folder}/${path}`);
            const send = async () => putSigned(wire, sign, { label, ...(await open()) });
            // Its address may expire while a large one is streamed, which cannot go on from there.
            await send().catch((error: unknown) => {
              if (isExpiry(error)) return send();
              throw error;
            });
          };
        case 'cloud':
          return async ({ path, open }) => place.storage.write(path, await open());
      }
    },
    async list(key, folder, options) {
      const place = await findPlace(key, 'READ');
      if (place.kind === 'cloud') return place.storage.list(folder, options);
      const root = `${folderOf(key)}/`;
      const path = `${DIRECTORIES}${encodePath(`${root}${folder}`.replace(/\/$/, ''))}`;
      const { signal } = options;
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
      const place = await findPlace(key, 'READ');
      if (place.kind === 'cloud') return place.storage.open(path, { notFound, ...options });
      if (place.kind === 'files-api') {
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

function isExpiry(error: unknown): boolean {
  return error instanceof RemoteRefusedError && EXPIRY_STATUSES.includes(error.status);
}

function folderOf({ name, version }: VersionKey): string {
  return `/Models/${name.replaceAll('.', '/')}/${version}`;
}

function labelOf(key: VersionKey, path: string): string {
  return `"${path}" of ${subjectOf(key)}`;
}
