import { sizeOf } from '../http/content-length.ts';
import type { Wire } from '../http/remote.ts';
import type { Answer } from '../http/send-request.ts';
import type { CallOptions } from '../call-options.ts';
import type { ArtifactStream } from '../entities.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import type { SignedAddress } from './signed-address.ts';

/** Asks the service to sign an address. */
export type Sign = () => Promise<SignedAddress>;

/** A file on its way to or from a signed address, and what errors call it. */
export interface SignedFile extends CallOptions {
  readonly label: string;
}

/**
 * Write a file whole. An address that has expired meanwhile is signed anew, once.
 *
 * @throws {RemoteRefusedError | RemoteUnavailableError}
 */
export async function putSigned(
  wire: Wire,
  sign: Sign,
  { label, content, signal }: SignedFile & { readonly content: Uint8Array },
): Promise<void> {
  await signedTwice(sign, label, async (address) => {
    if (address.type === 'AZURE_ADLS_GEN2_SAS_URI') {
      return putToDataLake(wire, address, { label, content, ...(signal && { signal }) });
    }
    // A whole file in one request; Azure wants to hear what kind of file it becomes.
    const kind = address.type === 'AZURE_SAS_URI' ? { 'x-ms-blob-type': 'BlockBlob' } : {};
    const headers = { ...kind, ...address.headers };
    return wire.client.askSigned({
      method: 'PUT',
      url: address.url,
      label,
      headers,
      body: content,
      signal,
    });
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
  { label, notFound, signal }: SignedFile & { readonly notFound: () => Error },
): Promise<ArtifactStream> {
  const answer = await signedTwice(sign, label, async ({ url, headers }) => {
    const given = await wire.client.askSigned({ method: 'GET', url, label, headers, signal });
    if (given.status === 404) throw notFound();
    return given;
  });
  return { ...sizeOf(answer), content: answer.content };
}

/** Data Lake storage makes a file first, then takes its bytes, then is told that they are all. */
async function putToDataLake(
  wire: Wire,
  { url, headers }: SignedAddress,
  { label, content, signal }: SignedFile & { readonly content: Uint8Array },
): Promise<Answer> {
  const ask = (method: 'PUT' | 'PATCH', query: string, body: Uint8Array) =>
    wire.client.askSigned({ method, url: `${url}&${query}`, label, headers, body, signal });
  const nothing = new Uint8Array();
  const made = await ask('PUT', 'resource=file', nothing);
  if (!isGood(made)) return made;
  if (content.length > 0) {
    const appended = await ask('PATCH', 'action=append&position=0', content);
    if (!isGood(appended)) return appended;
  }
  return ask('PATCH', `action=flush&position=${content.length}`, nothing);
}

async function signedTwice(
  sign: Sign,
  label: string,
  ask: (address: SignedAddress) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(await sign());
    if (isGood(answer)) return answer;
    // Clouds say in three ways that a signature has expired.
    if (attempt === 1 && [400, 401, 403].includes(answer.status)) continue;
    throw new RemoteRefusedError(`the signed address of ${label}`, {
      status: answer.status,
      code: '',
      message: 'the storage does not take it.',
    });
  }
}

function isGood({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
