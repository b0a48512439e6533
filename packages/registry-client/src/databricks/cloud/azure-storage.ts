import type { Artifact } from '../../entities.ts';
import { sizeOf } from '../../http/content-length.ts';
import { type WireObject, readNumber, readObjects, readText } from '../../http/wire-values.ts';
import { collectContent } from '../../collect-content.ts';
import { sendParts } from '../send-parts.ts';
import { partBytesFor, withParts } from '../split-parts.ts';
import {
  type CloudRequest,
  type CloudSurroundings,
  createCloudClient,
  noKeys,
} from './cloud-client.ts';
import { type CloudLocation, keyAt, pathOfKey } from './cloud-location.ts';
import type { CloudStorage } from './cloud-storage.ts';
import { strictEncode, strictEncodePath, strictQuery } from './strict-encode.ts';

const nothing = new Uint8Array();

/**
 * Files in Azure Data Lake Storage Gen2, by a shared access signature.
 *
 * @see Azure Data Lake Storage Gen2 REST API, Path: List, Read, Create, Update, Delete.
 */
export function createAzureStorage(
  { container, host, prefix }: Extract<CloudLocation, { cloud: 'abfss' }>,
  surroundings: CloudSurroundings,
): CloudStorage {
  const client = createCloudClient(surroundings);
  const root = `https://${host}/${strictEncode(container)}`;

  interface AzureCall extends Pick<CloudRequest, 'method' | 'body'> {
    readonly path?: string;
    readonly query?: { readonly [name: string]: string };
    readonly doing: string;
    readonly accepted?: readonly number[];
    readonly signal?: AbortSignal | undefined;
  }
  const ask = ({ method, path, query = {}, body, ...about }: AzureCall) =>
    client.ask({
      ...about,
      request({ azureSas }) {
        if (azureSas === undefined) throw noKeys(surroundings);
        const key = path === undefined ? '' : `/${strictEncodePath(keyAt(prefix, path))}`;
        const search = [strictQuery(query), azureSas].filter((part) => part !== '').join('&');
        return { method, url: `${root}${key}?${search}`, ...(body && { body }) };
      },
    });

  return {
    async list(folder, { signal }) {
      const directory = folder === '' ? prefix : keyAt(prefix, folder);
      const found: Artifact[] = [];
      let continuation = '';
      do {
        const query = {
          resource: 'filesystem',
          recursive: 'false',
          ...(directory === '' ? {} : { directory }),
          ...(continuation === '' ? {} : { continuation }),
        };
        const doing = 'list the files';
        const answer = await ask({ method: 'GET', query, doing, accepted: [404], signal });
        if (answer.status === 404) return found;
        for (const entry of await readPaths(answer.content)) {
          const path = pathOfKey(prefix, readText(entry, 'name'));
          const isFolder = String(entry['isDirectory']) === 'true';
          // A file is listed as the only thing in a folder of its name.
          if (path === folder) continue;
          const sizeBytes = readNumber(entry, 'contentLength');
          found.push(isFolder ? { path, isFolder } : { path, isFolder, sizeBytes });
        }
        continuation = answer.headers.get('x-ms-continuation') ?? '';
      } while (continuation !== '');
      return found;
    },
    async open(path, { notFound, signal }) {
      const doing = `read "${path}"`;
      const answer = await ask({ method: 'GET', path, doing, accepted: [404, 409], signal });
      const isFolder = answer.headers.get('x-ms-resource-type') === 'directory';
      if (answer.status >= 400 || isFolder) throw notFound();
      return { ...sizeOf(answer), content: answer.content };
    },
    async write(path, { content, sizeBytes, signal }) {
      const about = { path, doing: `write "${path}"`, signal };
      await withParts(content, partBytesFor(sizeBytes), async (_first, parts) => {
        await ask({ method: 'PUT', ...about, query: { resource: 'file' }, body: nothing });
        try {
          const sizes = await sendParts(parts, async ({ bytes, offset }) => {
            const query = { action: 'append', position: String(offset) };
            if (bytes.length > 0) await ask({ method: 'PATCH', ...about, query, body: bytes });
            return bytes.length;
          });
          const position = String(sizes.reduce((sum, size) => sum + size, 0));
          const query = { action: 'flush', position };
          await ask({ method: 'PATCH', ...about, query, body: nothing });
        } catch (error) {
          // What went wrong before is what is said.
          const gone = { method: 'DELETE', path, doing: about.doing, accepted: [404] } as const;
          await ask(gone).catch(() => undefined);
          throw error;
        }
      });
    },
  };
}

async function readPaths(content: AsyncIterable<Uint8Array>): Promise<readonly WireObject[]> {
  const text = new TextDecoder().decode(await collectContent(content));
  return readObjects(JSON.parse(text) as WireObject, 'paths');
}
