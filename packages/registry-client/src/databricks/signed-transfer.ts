import type { CallOptions } from '../call-options.ts';
import { collectContent } from '../collect-content.ts';
import type { ArtifactContent, ArtifactStream } from '../entities.ts';
import { sizeOf } from '../http/content-length.ts';
import type { Wire } from '../http/remote.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { putBlocks, putDataLakeFile } from './azure-signed.ts';
import { type KeptAddress, type Sign, keepAddress } from './kept-address.ts';
import { type BeginMultipart, putMultipart } from './multipart-upload.ts';
import { joinParts, partBytesFor, withParts } from './split-parts.ts';

/** A file on its way to or from a signed address, and what errors call it. */
export interface SignedFile extends CallOptions {
  readonly label: string;
}

/** A file on its way to a signed address. */
export interface SignedUpload extends SignedFile {
  readonly content: ArtifactContent;
  /** Where it is known before the bytes are. */
  readonly sizeBytes?: number | undefined;
  /** Begins an upload in parts, where the service offers that for Amazon's storage. */
  readonly beginMultipart?: BeginMultipart;
}

/**
 * Write a file. What fits into one part goes in one request; more goes in parts where the storage
 * takes them (Azure's always; Amazon's where the service signs for parts), else as one stream, whose
 * length must be known: a larger file of unknown length is collected in memory first. An address that
 * has expired meanwhile is signed anew.
 *
 * @throws {RemoteRefusedError | RemoteUnavailableError}
 */
export async function putSigned(
  wire: Wire,
  sign: Sign,
  { label, content, sizeBytes, beginMultipart, signal }: SignedUpload,
): Promise<void> {
  const options = { label, ...(signal && { signal }) };
  const partBytes = partBytesFor(sizeBytes);
  await withParts(content, partBytes, async (first, parts) => {
    const address = keepAddress(wire, sign, options);
    const { type } = await address.current();
    if (type === 'AZURE_ADLS_GEN2_SAS_URI') return putDataLakeFile(address, parts);
    if (first.isLast) return putWhole(address, first.bytes);

    if (type === 'AZURE_SAS_URI') return putBlocks(address, parts);
    if (type === 'AWS_PRESIGNED_URL' && beginMultipart !== undefined) {
      const count = Math.ceil((sizeBytes ?? 1) / partBytes);
      const upload = await beginMultipart(count).catch(noMultipart);
      if (upload !== undefined) return putMultipart(wire, upload, { parts, ...options });
    }
    const stream = joinParts(parts);
    if (sizeBytes !== undefined && canAnnounceLength()) {
      return putWhole(address, stream, { 'content-length': String(sizeBytes) });
    }
    return putWhole(address, await collectContent(stream));
  });
}

/**
 * Read a file piece by piece.
 *
 * @throws what `notFound` gives when there is no such file; RemoteRefusedError.
 */
export async function openSigned(
  wire: Wire,
  sign: Sign,
  { notFound, ...options }: SignedFile & { readonly notFound: () => Error },
): Promise<ArtifactStream> {
  const address = keepAddress(wire, sign, options);
  const answer = await address.ask(({ url, headers }) => ({ method: 'GET', url, headers }), [404]);
  if (answer.status === 404) throw notFound();
  return { ...sizeOf(answer), content: answer.content };
}

/** A file in one request; Azure wants to hear what kind of file it becomes. */
async function putWhole(
  address: KeptAddress,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  length: { readonly [header: string]: string } = {},
): Promise<void> {
  await address.ask(({ url, headers, type }) => {
    const kind = type === 'AZURE_SAS_URI' ? { 'x-ms-blob-type': 'BlockBlob' } : {};
    return { method: 'PUT', url, headers: { ...kind, ...headers, ...length }, body };
  });
}

/** A workspace that offers no uploads in parts takes the file in one piece. */
function noMultipart(error: unknown): undefined {
  if (!(error instanceof RemoteRefusedError)) throw error;
}

/** Browsers do not let a page say how long a stream is. */
function canAnnounceLength(): boolean {
  const headers = { 'content-length': '1' };
  return new Request('https://localhost/', { method: 'PUT', headers }).headers.has(
    'content-length',
  );
}
