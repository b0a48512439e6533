import type { CallOptions } from '../call-options.ts';
import { collectContent } from '../collect-content.ts';
import type { ArtifactContent, ArtifactStream } from '../entities.ts';
import { sizeOf } from '../http/content-length.ts';
import type { Wire } from '../http/remote.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import { putBlocks, putDataLakeFile } from './azure-signed.ts';
import { type AddressedCall, type Sign, keepAddress } from './kept-address.ts';
import { type BeginMultipart, putMultipart } from './multipart-upload.ts';
import type { SignedAddress } from './signed-address.ts';
import { joinParts, partBytesFor, splitParts, startingWith } from './split-parts.ts';

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
  const parts = splitParts(content, partBytes);
  const { value: first } = await parts.next();
  const all = startingWith(first!, parts);
  const address = keepAddress(wire, sign, options);
  const { type } = await address.current();
  if (type === 'AZURE_ADLS_GEN2_SAS_URI') return putDataLakeFile(address, all);
  if (first!.isLast) return void (await address.ask((at) => wholeCall(at, first!.bytes)));

  if (type === 'AZURE_SAS_URI') return putBlocks(address, all);
  if (type === 'AWS_PRESIGNED_URL' && beginMultipart !== undefined) {
    const count = Math.ceil((sizeBytes ?? 1) / partBytes);
    const upload = await beginMultipart(count).catch(noMultipart);
    if (upload !== undefined) return putMultipart(wire, upload, { parts: all, ...options });
  }
  const stream = joinParts(all);
  if (sizeBytes !== undefined && canAnnounceLength()) {
    const length = { 'content-length': String(sizeBytes) };
    await address.ask((at) => wholeCall({ ...at, headers: { ...at.headers, ...length } }, stream));
    return;
  }
  const whole = await collectContent(stream);
  await address.ask((at) => wholeCall(at, whole));
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
function wholeCall(
  { url, headers, type }: SignedAddress,
  body: NonNullable<AddressedCall['body']>,
): AddressedCall {
  const kind = type === 'AZURE_SAS_URI' ? { 'x-ms-blob-type': 'BlockBlob' } : {};
  return { method: 'PUT', url, headers: { ...kind, ...headers }, body };
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
