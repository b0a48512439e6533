import type { Artifact } from '../../entities.ts';
import { sizeOf } from '../../http/content-length.ts';
import { readStorageProblem } from '../../http/storage-problem.ts';
import { partBytesFor, withParts } from '../split-parts.ts';
import { signAwsRequest } from './aws-signature.ts';
import {
  type CloudClient,
  type CloudRequest,
  type CloudSurroundings,
  createCloudClient,
  noKeys,
} from './cloud-client.ts';
import { type CloudLocation, folderPrefix, keyAt, pathOfKey } from './cloud-location.ts';
import type { CloudStorage } from './cloud-storage.ts';
import { xmlElements, xmlText } from './read-xml.ts';
import type { S3Endpoint } from './s3-endpoint.ts';
import { putS3Parts } from './s3-multipart.ts';
import { strictEncodePath, strictQuery } from './strict-encode.ts';
import type { TemporaryCredentials } from './temporary-credentials.ts';

/** Sends one request about one key to a bucket, signed. */
export type AskBucket = (call: {
  readonly method: CloudRequest['method'];
  readonly doing: string;
  /** '' is the bucket itself. */
  readonly key: string;
  readonly query?: { readonly [name: string]: string };
  readonly body?: Uint8Array;
  /** Files are written with what the service says about their encryption. */
  readonly writes?: 'new file';
  readonly accepted?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}) => ReturnType<CloudClient['ask']>;

/** Files in a bucket of Amazon S3, or of what speaks as it does (Cloudflare R2). */
export function createS3Storage(
  location: Extract<CloudLocation, { cloud: 's3' | 'r2' }>,
  endpoint: () => Promise<S3Endpoint>,
  surroundings: CloudSurroundings,
): CloudStorage {
  const { prefix } = location;
  const client = createCloudClient(surroundings);
  const keysOf = (credentials: TemporaryCredentials) => {
    const keys = location.cloud === 'r2' ? credentials.r2 : credentials.aws;
    if (keys === undefined) throw noKeys(surroundings);
    return keys;
  };
  const ask: AskBucket = ({ method, key, query = {}, body, writes, ...about }) =>
    client.ask({
      ...about,
      async request(credentials) {
        const keys = keysOf(credentials);
        const { bucketUrl, region } = await endpoint();
        const search = strictQuery(query);
        const url = `${bucketUrl}/${strictEncodePath(key)}${search === '' ? '' : `?${search}`}`;
        const unsigned = {
          method,
          url,
          headers: writes === undefined ? {} : credentials.encryption,
          ...(body === undefined ? {} : { body }),
        };
        const scope = { keys, region, service: 's3', at: surroundings.now() };
        return { ...unsigned, method, headers: await signAwsRequest(unsigned, scope) };
      },
    });

  return {
    async list(folder, { signal }) {
      const start = folderPrefix(prefix, folder);
      const found: Artifact[] = [];
      const base = { 'list-type': '2', delimiter: '/', prefix: start };
      let query: Record<string, string> = base;
      for (;;) {
        const answer = await ask({
          method: 'GET',
          key: '',
          query,
          doing: 'list the files',
          signal,
        });
        const xml = await readText(answer.content);
        found.push(...readListing(xml, { start, prefix }));
        const token = xmlText(xml, 'NextContinuationToken');
        if (token === undefined) return found;
        query = { ...base, 'continuation-token': token };
      }
    },
    async open(path, { notFound, signal }) {
      const answer = await ask({
        method: 'GET',
        key: keyAt(prefix, path),
        doing: `read "${path}"`,
        accepted: [404],
        signal,
      });
      if (answer.status === 404) {
        if (readStorageProblem(answer).code !== 'NoSuchBucket') throw notFound();
        throw client.fail(`read "${path}"`, 'there is no such bucket.');
      }
      return { ...sizeOf(answer), content: answer.content };
    },
    async write(path, { content, sizeBytes, signal }) {
      const file = { key: keyAt(prefix, path), doing: `write "${path}"`, signal };
      await withParts(content, partBytesFor(sizeBytes), async (first, parts) => {
        if (!first.isLast) return putS3Parts(ask, client, { ...file, parts });
        await ask({ method: 'PUT', ...file, body: first.bytes, writes: 'new file' });
      });
    },
  };
}

function readListing(
  xml: string,
  { start, prefix }: { readonly start: string; readonly prefix: string },
): Artifact[] {
  const folders = xmlElements(xml, 'CommonPrefixes').map((entry): Artifact => {
    const key = xmlText(entry, 'Prefix') ?? '';
    return { path: pathOfKey(prefix, key.replace(/\/$/, '')), isFolder: true };
  });
  const files = xmlElements(xml, 'Contents').flatMap((entry): Artifact[] => {
    const key = xmlText(entry, 'Key') ?? '';
    // Consoles mark folders by empty objects of their names.
    if (key === start || key.endsWith('/')) return [];
    const sizeBytes = Number(xmlText(entry, 'Size'));
    return [{ path: pathOfKey(prefix, key), isFolder: false, sizeBytes }];
  });
  return [...folders, ...files];
}

async function readText(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of content) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
