import type { Wire } from '../../http/remote.ts';
import type { Answer } from '../../http/send-request.ts';
import { readStorageProblem } from '../../http/storage-problem.ts';
import type { Part } from '../split-parts.ts';
import type { CloudClient } from './cloud-client.ts';
import type { AskGcs } from './gcs-storage.ts';

/** A file that goes to a bucket part by part. */
export interface GcsParts {
  readonly client: CloudClient;
  readonly wire: Wire;
  /** Where uploads of the bucket begin. */
  readonly path: string;
  /** Of the object. */
  readonly name: string;
  readonly doing: string;
  readonly parts: AsyncIterable<Part>;
  readonly signal?: AbortSignal | undefined;
}

/** "Resume incomplete", and a header that asks for it as a success, which browsers let through. */
const INCOMPLETE = 308;
const NO_308 = { 'x-guploader-no-308': 'yes' };
const MOST_STANDSTILLS = 5;

/**
 * Write a file in a resumable session. The storage says how much of it it has kept, and what it has
 * not is sent again. The session's own address lets in who has it, so no token goes there.
 *
 * @see Cloud Storage, "Perform resumable uploads", multiple chunk upload.
 */
export async function putGcsParts(ask: AskGcs, file: GcsParts): Promise<void> {
  const { client, wire, path, name, doing, parts, signal } = file;
  const begun = await ask({
    method: 'POST',
    path,
    query: { uploadType: 'resumable', name },
    headers: { 'x-upload-content-type': 'application/octet-stream' },
    body: new Uint8Array(),
    doing,
    signal,
  });
  const url = begun.headers.get('location') ?? '';
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw client.fail(doing, 'it gave no address for an upload in parts.');
  }
  const label = `the request to ${doing}`;
  const send = (headers: { readonly [name: string]: string }, body: Uint8Array) =>
    wire.client.askSigned({
      method: 'PUT',
      url,
      headers: { ...NO_308, ...headers },
      body,
      label,
      signal,
    });
  try {
    let isDone = false;
    for await (const { bytes, offset, isLast } of parts) {
      const end = offset + bytes.length;
      let kept = offset;
      for (let standstills = 0; kept < end && !isDone;) {
        const range = `bytes ${kept}-${end - 1}/${isLast ? end : '*'}`;
        const answer = await send({ 'content-range': range }, bytes.subarray(kept - offset));
        if (isIncomplete(answer)) {
          const now = keptBytes(answer);
          if (now <= kept && ++standstills > MOST_STANDSTILLS) {
            throw client.fail(doing, 'it keeps nothing of what it is sent.');
          }
          // What it lost of parts before is gone from memory.
          if (now < offset) throw client.fail(doing, 'it lost what it had kept.');
          kept = Math.min(now, end);
        } else if (answer.status < 300) {
          checkSize(answer, end, (problem) => client.fail(doing, problem));
          isDone = true;
        } else throw client.fail(doing, describe(answer));
      }
    }
    if (!isDone) throw client.fail(doing, 'it does not say that the file is whole.');
  } catch (error) {
    // What went wrong before is what is said.
    await wire.client
      .askSigned({ method: 'DELETE', url, headers: {}, label })
      .catch(() => undefined);
    throw error;
  }
}

/** The object as the storage has it, where it says so. */
function checkSize({ bytes }: Answer, end: number, fail: (problem: string) => Error): void {
  const size = /"size":\s*"?(\d+)/.exec(new TextDecoder().decode(bytes))?.[1];
  if (size !== undefined && Number(size) !== end) throw fail(`it has ${size} bytes of ${end}.`);
}

function isIncomplete({ status, headers }: Answer): boolean {
  return status === INCOMPLETE || headers.get('x-http-status-code-override') === '308';
}

/** From `bytes=0-524287`; no header says that nothing is kept. */
function keptBytes({ headers }: Answer): number {
  const last = /^bytes=0-(\d+)$/.exec(headers.get('range') ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

function describe(answer: Answer): string {
  const { code } = readStorageProblem(answer);
  return `it answered ${answer.status}${code === '' ? '' : ` ${code}`} to a part.`;
}
