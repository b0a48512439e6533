import type { CallOptions } from '../call-options.ts';
import type { Wire } from '../http/remote.ts';
import { get, put } from '../http/remote.ts';
import { readObject, readObjects, readText } from '../http/wire-values.ts';
import { RemoteAnswerError } from '../remote-errors.ts';
import { keepAddress } from './kept-address.ts';
import { sendParts } from './send-parts.ts';
import { type SignedAddress, readSignedAddress } from './signed-address.ts';
import type { Part } from './split-parts.ts';

/** An upload in parts, each to an address that the service signs for it. */
export interface MultipartUpload {
  /** The address for a part, from 1: of those that were signed at the beginning, or a new one. */
  sign(number: number, which: 'first' | 'new'): Promise<SignedAddress>;
  /** @param etags of the parts, in their order. */
  complete(etags: readonly string[]): Promise<void>;
  /** Undefined where the service gave no address for it. */
  readonly abortAddress: SignedAddress | undefined;
}

/** Begins an upload for which so many parts are expected. */
export type BeginMultipart = (partCount: number) => Promise<MultipartUpload>;

/** Addresses for more parts are asked for one by one, as they may expire before it is their turn. */
const MOST_SIGNED_AT_FIRST = 100;

/**
 * Begin an upload in parts of an artifact of a run.
 *
 * @throws {RemoteRefusedError} where the workspace offers none.
 */
export async function beginRunMultipart(
  wire: Wire,
  { runId, path }: { readonly runId: string; readonly path: string },
  partCount: number,
): Promise<MultipartUpload> {
  const file = { run_id: runId, path };
  const answer = await put(wire, 'artifacts/create-multipart-upload', {
    ...file,
    num_parts: Math.min(partCount, MOST_SIGNED_AT_FIRST),
  });
  const uploadId = readText(answer, 'upload_id');
  const signed = readObjects(answer, 'upload_credential_infos');
  const abort = readObject(answer, 'abort_credential_info');
  return {
    async sign(number, which) {
      const given = which === 'first' ? signed[number - 1] : undefined;
      if (given !== undefined) return readSignedAddress(wire, given);
      const query = { ...file, upload_id: uploadId, part_number: String(number) };
      const asked = await get(wire, 'artifacts/get-presigned-upload-part-url', query);
      return readSignedAddress(wire, readObject(asked, 'upload_credential_info'));
    },
    async complete(etags) {
      const part_etags = etags.map((etag, i) => ({ part_number: i + 1, etag }));
      const body = { ...file, upload_id: uploadId, part_etags };
      await put(wire, 'artifacts/complete-multipart-upload', body);
    },
    abortAddress: readText(abort, 'signed_uri') === '' ? undefined : readSignedAddress(wire, abort),
  };
}

/**
 * Send the parts of a file. Where that fails, the upload is given up, and the storage keeps none of
 * them.
 *
 * @throws {RemoteRefusedError | RemoteUnavailableError | RemoteAnswerError}
 */
export async function putMultipart(
  wire: Wire,
  upload: MultipartUpload,
  {
    parts,
    label,
    signal,
  }: CallOptions & { readonly parts: AsyncIterable<Part>; readonly label: string },
): Promise<void> {
  try {
    const etags = await sendParts(parts, async ({ bytes }, number) => {
      let which: 'first' | 'new' = 'first';
      const sign = () => {
        const address = upload.sign(number, which);
        which = 'new';
        return address;
      };
      const about = { label: `part ${number} of ${label}`, ...(signal && { signal }) };
      const answer = await keepAddress(wire, sign, about).ask(({ url, headers }) => {
        return { method: 'PUT', url, headers, body: bytes };
      });
      return etagOf(wire, answer.headers, about.label);
    });
    await upload.complete(etags);
  } catch (error) {
    await abort(wire, upload, label);
    throw error;
  }
}

/** The storage's name for a part that it took. @throws {RemoteAnswerError} */
function etagOf({ client }: Wire, headers: Headers, label: string): string {
  const etag = headers.get('etag');
  if (etag !== null) return etag;
  throw new RemoteAnswerError(client.server, `its storage gave no ETag for ${label}.`);
}

async function abort(wire: Wire, { abortAddress }: MultipartUpload, label: string): Promise<void> {
  if (abortAddress === undefined) return;
  const { url, headers } = abortAddress;
  // What went wrong before is what is said; the storage forgets unfinished uploads by itself.
  await wire.client.askSigned({ method: 'DELETE', url, headers, label }).catch(() => undefined);
}
