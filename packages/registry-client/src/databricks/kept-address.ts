import type { CallOptions } from '../call-options.ts';
import type { SignedCall } from '../http/http-client.ts';
import type { Wire } from '../http/remote.ts';
import type { Answer } from '../http/send-request.ts';
import { readStorageProblem } from '../http/storage-problem.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import type { SignedAddress } from './signed-address.ts';

/** Asks the service to sign an address. */
export type Sign = () => Promise<SignedAddress>;

/** One request to an address, as far as the address decides it. */
export type AddressedCall = Pick<SignedCall, 'method' | 'url' | 'headers'> &
  Partial<Pick<SignedCall, 'body'>>;

/** An address that is signed when it is first needed, and anew where it has expired. */
export interface KeptAddress {
  current(): Promise<SignedAddress>;
  /**
   * Send a request to it.
   *
   * @param accepted statuses that are an answer although they are no success.
   * @throws {RemoteRefusedError | RemoteUnavailableError}
   */
  ask(
    callFor: (address: SignedAddress) => AddressedCall,
    accepted?: readonly number[],
  ): Promise<Answer>;
}

/** Clouds say in three ways that a signature or key has expired. */
export const EXPIRY_STATUSES: readonly number[] = [400, 401, 403];

/** Keep an address for as long as it is good. */
export function keepAddress(
  wire: Wire,
  sign: Sign,
  { label, signal }: CallOptions & { readonly label: string },
): KeptAddress {
  let kept: Promise<SignedAddress> | undefined;
  const current = () => (kept ??= sign());
  return {
    current,
    async ask(callFor, accepted = []) {
      for (let attempt = 1; ; attempt++) {
        const used = current();
        const call = callFor(await used);
        const answer = await wire.client.askSigned({ ...call, label, signal });
        const { status } = answer;
        if ((status >= 200 && status < 300) || accepted.includes(status)) return answer;
        // What has been streamed cannot be sent a second time.
        const isWhole = call.body === undefined || call.body instanceof Uint8Array;
        if (attempt === 1 && isWhole && EXPIRY_STATUSES.includes(status)) {
          // Several parts may be refused with the same address: the first of them drops it.
          if (kept === used) kept = undefined;
          continue;
        }
        const { code } = readStorageProblem(answer);
        throw new RemoteRefusedError(`the signed address of ${label}`, {
          status,
          code,
          message: 'the storage does not take it.',
        });
      }
    },
  };
}
