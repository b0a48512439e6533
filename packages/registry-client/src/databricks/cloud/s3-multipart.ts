import type { Part } from '../split-parts.ts';
import { sendParts } from '../send-parts.ts';
import type { CloudClient } from './cloud-client.ts';
import { xmlText } from './read-xml.ts';
import type { AskBucket } from './s3-storage.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A file that goes to a bucket in parts. */
export interface S3Parts {
  readonly key: string;
  readonly doing: string;
  readonly parts: AsyncIterable<Part>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Write a file in parts, which become the file when all of them are there. Where that fails, the
 * bucket is told to forget them.
 *
 * @see Amazon S3 API Reference, CreateMultipartUpload, UploadPart, CompleteMultipartUpload.
 */
export async function putS3Parts(
  ask: AskBucket,
  { fail }: Pick<CloudClient, 'fail'>,
  { key, doing, parts, signal }: S3Parts,
): Promise<void> {
  const about = { key, doing, signal };
  const begun = await ask({
    method: 'POST',
    ...about,
    query: { uploads: '' },
    body: new Uint8Array(),
    writes: 'new file',
  });
  const uploadId = xmlText(decoder.decode(begun.bytes), 'UploadId');
  if (uploadId === undefined) throw fail(doing, 'it named no upload.');
  try {
    let sizeBytes = 0;
    const etags = await sendParts(parts, async ({ bytes }, number) => {
      const query = { partNumber: String(number), uploadId };
      const { headers } = await ask({ method: 'PUT', ...about, query, body: bytes });
      sizeBytes += bytes.length;
      const etag = headers.get('etag');
      if (etag === null) throw fail(doing, `it gave no ETag for part ${number}.`);
      return etag;
    });
    const complete = {
      method: 'POST',
      ...about,
      query: { uploadId },
      body: encoder.encode(partList(etags)),
      accepted: [404],
    } as const;
    const { status, bytes } = await ask(complete);
    // It may fail after it has begun to answer, and an answer that was lost may have been a success.
    const isThere = status < 300 && !decoder.decode(bytes).includes('<Error>');
    if (isThere) return;
    const found = await ask({ method: 'HEAD', ...about, accepted: [404] });
    if (Number(found.headers.get('content-length')) === sizeBytes && found.status < 300) return;
    const code = xmlText(decoder.decode(bytes), 'Code') ?? 'no reason';
    throw fail(doing, `it did not put the parts together (${code}).`);
  } catch (error) {
    const forget = { method: 'DELETE', key, doing, query: { uploadId }, accepted: [404] } as const;
    // What went wrong before is what is said.
    await ask(forget).catch(() => undefined);
    throw error;
  }
}

function partList(etags: readonly string[]): string {
  const parts = etags.map(
    (etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escape(etag)}</ETag></Part>`,
  );
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return `<CompleteMultipartUpload xmlns="${namespace}">${parts.join('')}</CompleteMultipartUpload>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
