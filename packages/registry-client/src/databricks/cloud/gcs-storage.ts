import { collectContent } from '../../collect-content.ts';
import type { Artifact } from '../../entities.ts';
import { sizeOf } from '../../http/content-length.ts';
import { type WireObject, readNumber, readObjects, readText } from '../../http/wire-values.ts';
import type { Answer } from '../../http/send-request.ts';
import { PART_BYTES, withParts } from '../split-parts.ts';
import {
  type CloudRequest,
  type CloudSurroundings,
  createCloudClient,
  noKeys,
} from './cloud-client.ts';
import { type CloudLocation, folderPrefix, keyAt, pathOfKey } from './cloud-location.ts';
import type { CloudStorage } from './cloud-storage.ts';
import { putGcsParts } from './gcs-resumable.ts';
import { strictEncode, strictQuery } from './strict-encode.ts';

const GCS = 'https://storage.googleapis.com';

/** Sends one request to the storage, with the token. */
export type AskGcs = (
  call: Omit<CloudRequest, 'url'> & {
    /** Below the storage's address. */
    readonly path: string;
    readonly query?: { readonly [name: string]: string };
    readonly doing: string;
    readonly accepted?: readonly number[];
    readonly signal?: AbortSignal | undefined;
  },
) => Promise<Answer>;

/**
 * Files in Google Cloud Storage, by a token.
 *
 * @see Cloud Storage JSON API, Objects: list, get, insert.
 */
export function createGcsStorage(
  { bucket, prefix }: Extract<CloudLocation, { cloud: 'gs' }>,
  surroundings: CloudSurroundings,
): CloudStorage {
  const client = createCloudClient(surroundings);
  const objects = `/storage/v1/b/${strictEncode(bucket)}/o`;
  const uploads = `/upload${objects}`;
  const ask: AskGcs = ({ path, query = {}, headers, doing, accepted, signal, ...rest }) =>
    client.ask({
      doing,
      signal,
      ...(accepted && { accepted }),
      request({ gcpToken }) {
        if (gcpToken === undefined) throw noKeys(surroundings);
        const search = strictQuery(query);
        const url = `${GCS}${path}${search === '' ? '' : `?${search}`}`;
        return { ...rest, url, headers: { ...headers, authorization: `Bearer ${gcpToken}` } };
      },
    });

  return {
    async list(folder, { signal }) {
      const start = folderPrefix(prefix, folder);
      const found: Artifact[] = [];
      let pageToken = '';
      do {
        const query = {
          delimiter: '/',
          prefix: start,
          fields: 'items(name,size),prefixes,nextPageToken',
          ...(pageToken === '' ? {} : { pageToken }),
        };
        const doing = 'list the files';
        const answer = await ask({ method: 'GET', path: objects, query, doing, signal });
        const page = await readJson(answer.content);
        for (const folderKey of (page['prefixes'] ?? []) as readonly string[]) {
          found.push({ path: pathOfKey(prefix, folderKey.replace(/\/$/, '')), isFolder: true });
        }
        for (const item of readObjects(page, 'items')) {
          const key = readText(item, 'name');
          // Consoles mark folders by empty objects of their names.
          if (key.endsWith('/')) continue;
          const sizeBytes = readNumber(item, 'size');
          found.push({ path: pathOfKey(prefix, key), isFolder: false, sizeBytes });
        }
        pageToken = readText(page, 'nextPageToken');
      } while (pageToken !== '');
      return found;
    },
    async open(path, { notFound, signal }) {
      const answer = await ask({
        method: 'GET',
        path: `${objects}/${strictEncode(keyAt(prefix, path))}`,
        query: { alt: 'media' },
        doing: `read "${path}"`,
        accepted: [404],
        signal,
      });
      if (answer.status === 404) throw notFound();
      return { ...sizeOf(answer), content: answer.content };
    },
    async write(path, { content, signal }) {
      const name = keyAt(prefix, path);
      const about = { path: uploads, doing: `write "${path}"`, signal };
      await withParts(content, PART_BYTES, async (first, parts) => {
        const { wire } = surroundings;
        if (!first.isLast) return putGcsParts(ask, { client, wire, name, ...about, parts });
        await ask({
          method: 'POST',
          ...about,
          query: { uploadType: 'media', name },
          headers: { 'content-type': 'application/octet-stream' },
          body: first.bytes,
        });
      });
    },
  };
}

async function readJson(content: AsyncIterable<Uint8Array>): Promise<WireObject> {
  return JSON.parse(new TextDecoder().decode(await collectContent(content))) as WireObject;
}
