import type { Wire } from '../../http/remote.ts';
import type { Answer } from '../../http/send-request.ts';
import { readStorageProblem } from '../../http/storage-problem.ts';
import { ArtifactLocationError } from '../../remote-errors.ts';
import { StorageRefusedError } from '../databricks-errors.ts';
import { EXPIRY_STATUSES } from '../kept-address.ts';
import type { KeptCredentials } from './kept-credentials.ts';
import { type TemporaryCredentials, secretsOf } from './temporary-credentials.ts';

/** One request to a storage, before it has anything that lets it in. */
export interface CloudRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array;
}

/** A request, and what errors say about it. */
export interface CloudCall {
  /** With the credentials that are good now. */
  readonly request: (credentials: TemporaryCredentials) => CloudRequest | Promise<CloudRequest>;
  /** Such as `write "model.bin"`. */
  readonly doing: string;
  /** Statuses that are an answer although they are no success. */
  readonly accepted?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** Sends requests to one storage, with credentials that are renewed where they have expired. */
export interface CloudClient {
  /** @throws {StorageRefusedError | RemoteUnavailableError} */
  ask(call: CloudCall): Promise<Answer>;
  /** What the storage's answer was not like. */
  fail(doing: string, problem: string): StorageRefusedError;
}

/** What surrounds a storage. */
export interface CloudSurroundings {
  readonly wire: Wire;
  readonly credentials: KeptCredentials;
  /** Whose files they are, as errors call it: `version 3 of "a.b.c"`. */
  readonly subject: string;
  /** As the service writes it, without secrets. */
  readonly location: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What is wrong where the service gave no keys of a storage's kind. */
export function noKeys({ subject, location }: CloudSurroundings): ArtifactLocationError {
  const scheme = /^\w+/.exec(location)?.[0] ?? '';
  return new ArtifactLocationError(subject, scheme, NO_KEYS);
}

const NO_KEYS =
  'Unity Catalog gave no keys for it. Let an administrator check the storage credential of its external location, or turn on access to models through the Files API.';

/** A client for one storage. */
export function createCloudClient({
  wire,
  credentials,
  subject,
  location,
}: CloudSurroundings): CloudClient {
  const refused = (doing: string, problem: ConstructorParameters<typeof StorageRefusedError>[1]) =>
    new StorageRefusedError({ location, subject, doing }, problem);
  return {
    fail: (doing, message) => refused(doing, { status: 200, code: '', message }),
    async ask({ request, doing, accepted = [], signal }) {
      for (let attempt = 1; ; attempt++) {
        const used = await credentials.current();
        const { headers = {}, ...rest } = await request(used);
        const label = `the request to ${doing} of ${subject}`;
        const answer = await wire.client.askSigned({ ...rest, headers, label, signal });
        const { status } = answer;
        if ((status >= 200 && status < 300) || accepted.includes(status)) return answer;
        if (attempt === 1 && EXPIRY_STATUSES.includes(status)) {
          credentials.drop(used);
          continue;
        }
        const { code, message } = readStorageProblem(answer);
        throw refused(doing, { status, code, message: hide(message, secretsOf(used)) });
      }
    },
  };
}

/** No storage should repeat what it was given, and none that does is passed on. */
function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '...'), text);
}
