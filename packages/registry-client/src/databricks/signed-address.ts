import type { Wire } from '../http/remote.ts';
import { type WireObject, readObjects, readText } from '../http/wire-values.ts';
import { RemoteAnswerError } from '../remote-errors.ts';

/** An address of a cloud's storage that a service has signed for one file and a short time. */
export interface SignedAddress {
  readonly url: string;
  /** What must be sent along. */
  readonly headers: { readonly [name: string]: string };
  /** Which storage it is of, such as `AWS_PRESIGNED_URL`; '' where the service does not say. */
  readonly type: string;
}

/** Read one, its address in the field `signed_uri` or `url`. */
export function readSignedAddress({ client }: Wire, wire: WireObject): SignedAddress {
  const url = readText(wire, 'signed_uri') || readText(wire, 'url');
  const isEncrypted = URL.canParse(url) && new URL(url).protocol === 'https:';
  const isLocal = client.server.startsWith('http:');
  if (!isEncrypted && !(isLocal && URL.canParse(url))) {
    throw new RemoteAnswerError(client.server, 'it gave no signed address to a file.');
  }
  const headers = readObjects(wire, 'headers').map(
    (header) => [readText(header, 'name'), readText(header, 'value')] as const,
  );
  return { url, headers: Object.fromEntries(headers), type: readText(wire, 'type') };
}
