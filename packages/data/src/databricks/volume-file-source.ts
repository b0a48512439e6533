import { Readable } from 'node:stream';
import type { ByteSource } from '../byte-source.ts';
import { firstByteOf } from '../content-range.ts';
import { type Download, resumeStream } from '../resume-stream.ts';
import { DatabricksUnavailableError } from './databricks-errors.ts';
import type { DatabricksPath } from './file-path.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';

/** The bytes of a file of a volume. A connection that breaks off is taken up where it broke. */
export function volumeFileSource(
  workspace: DatabricksWorkspace,
  { name, path }: DatabricksPath,
): ByteSource {
  return {
    name,
    async open({ signal } = {}) {
      async function get(offset: number): Promise<Download> {
        const answer = await workspace.request({
          method: 'GET',
          path: filesApiPath(path),
          headers: {
            // What is unpacked on the way has another length than the file.
            'accept-encoding': 'identity',
            ...(offset > 0 && { range: `bytes=${offset}-` }),
          },
          subject: name,
          repeatable: 'yes',
          webPage: /\.x?html?$/i.test(path) ? 'yes' : 'no',
          signal,
        });
        return describe(answer, offset);
      }
      return resumeStream(await get(0), {
        name,
        get,
        maxAttempts: workspace.maxAttempts,
        unavailable: (reason, cause) => new DatabricksUnavailableError(name, reason, { cause }),
        signal,
      });
    },
  };
}

/** Where the REST API has a file of a volume. */
export function filesApiPath(path: string): string {
  return `/api/2.0/fs/files${encodePath(path)}`;
}

/** A path with every step percent-encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function describe({ status, headers, body }: Response, offset: number): Download {
  const length = headers.get('content-length');
  const isPart = status === 206;
  const from = isPart ? (firstByteOf(headers.get('content-range')) ?? offset) : 0;
  // What a proxy has packed is unpacked already: its length is not that of the file.
  const isPacked = !/^(identity)?$/i.test(headers.get('content-encoding') ?? '');
  return {
    body: body === null ? Readable.from([]) : Readable.fromWeb(body as never),
    from: isPacked ? 0 : from,
    sizeBytes: length === null || isPacked ? undefined : from + Number(length),
    fingerprint: headers.get('etag') ?? headers.get('last-modified') ?? '',
  };
}
