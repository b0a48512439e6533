import { OperationUnsupportedError, RegistryClosedError } from '../store-errors.ts';
import { RemoteAnswerError, RemoteDeniedError, RemoteRefusedError } from '../remote-errors.ts';
import { type Authorization, fixedAuthorization } from './authorization.ts';
import type { HttpRegistryOptions } from './http-options.ts';
import { type Answer, type Outgoing, type Sending, sendRequest } from './send-request.ts';
import { readStorageProblem } from './storage-problem.ts';
import type { WireObject } from './wire-values.ts';

/** Undefined values are left out, those of a list sent one by one. */
export type Query = { readonly [key: string]: string | readonly string[] | undefined };

/** One request to the server. */
export interface HttpCall {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the address of the server, encoded: `/api/2.0/mlflow/runs/get`. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON, or bytes as they are. Pieces can be sent once only. */
  readonly body?: object | Uint8Array | AsyncIterable<Uint8Array>;
  /** Whether it does no harm when it arrives twice. Default: `harmless` for GET, `harmful` else. */
  readonly twice?: 'harmless' | 'harmful';
  /** Statuses that are a refusal here, although elsewhere they pass. */
  readonly finalStatuses?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** A request to a storage elsewhere, whose address or headers hold what it takes for credentials. */
export interface SignedCall {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly url: string;
  /** What errors call it instead of the address, whose signature is a secret. */
  readonly label: string;
  readonly headers: { readonly [name: string]: string };
  /** Pieces can be sent once only. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

/** A connection to one server. */
export interface HttpClient {
  /** Without credentials. */
  readonly server: string;
  /** Send a request and read the answer as a JSON object. */
  askJson(call: HttpCall): Promise<WireObject>;
  askBytes(call: HttpCall): Promise<Uint8Array>;
  /** Send a request and read what succeeds piece by piece. */
  askStream(call: HttpCall): Promise<Answer>;
  /** Send a request elsewhere, without credentials; any status but those that pass is an answer. */
  askSigned(call: SignedCall): Promise<Answer>;
  close(): void;
}

/** What a connection needs besides the address. */
export interface HttpSurroundings extends HttpRegistryOptions {
  readonly now: () => number;
  /** Instead of user, password and token. */
  readonly authorization?: Authorization;
}

/** Open a connection; nothing is sent yet. `server` has neither credentials nor a slash at its end. */
export function createHttpClient(server: string, options: HttpSurroundings): HttpClient {
  const { authorization = fixedAuthorization(options) } = options;
  const sending = sendingOf(server, options);
  let isClosed = false;

  function send(outgoing: Outgoing, patience = sending): Promise<Answer> {
    if (isClosed) return Promise.reject(new RegistryClosedError(server));
    return sendRequest(
      { ...outgoing, signal: eitherSignal(outgoing.signal, options.signal) },
      patience,
    );
  }

  async function ask(call: HttpCall, answer: Outgoing['answer']): Promise<Answer> {
    const { method, path, signal, twice = method === 'GET' ? 'harmless' : 'harmful' } = call;
    const content = contentOf(call.body);
    for (let renewals = 0; ; renewals++) {
      const header = await authorization.header();
      const received = await send({
        method,
        url: addressOf(server, call),
        label: path,
        headers: { ...(header === undefined ? {} : { authorization: header }), ...content.headers },
        ...(content.body === undefined ? {} : { body: content.body }),
        twice,
        answer,
        ...(call.finalStatuses === undefined ? {} : { finalStatuses: call.finalStatuses }),
        signal,
      });
      const { status } = received;
      if (status >= 200 && status < 300) return received;
      if (status === 401 && renewals === 0 && authorization.renew(header) === 'renewed') {
        if (content.isWhole) continue;
      }
      if (status === 401 || status === 403) throw new RemoteDeniedError(server, status);
      if (status < 400) {
        throw new RemoteAnswerError(server, `${path} leads elsewhere (status ${status}).`);
      }
      const refusal = refusalOf(received);
      if (status === 501) {
        throw new OperationUnsupportedError(`${method} ${path}`, server, refusal.message);
      }
      throw new RemoteRefusedError(`${method} ${path}`, { status, ...refusal });
    }
  }

  return {
    server,
    askBytes: async (call) => (await ask(call, 'bytes')).bytes,
    askStream: (call) => ask(call, 'stream'),
    askSigned: (call) =>
      send(
        { ...call, twice: 'harmless', answer: call.method === 'GET' ? 'stream' : 'bytes' },
        { ...sending, explain: (answer) => readStorageProblem(answer).code },
      ),
    async askJson(call) {
      const { bytes } = await ask(call, 'bytes');
      return parseObject(bytes, (problem, cause) => {
        return new RemoteAnswerError(server, `${call.path} gave ${problem}.`, { cause });
      });
    },
    close() {
      isClosed = true;
    },
  };
}

/** Patience with a server, and the outside world, as the options have them. */
export function sendingOf(server: string, options: HttpSurroundings): Sending {
  return {
    server,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 120_000,
    maxAttempts: options.maxAttempts ?? 5,
    now: options.now,
    random: options.random ?? randomNumber,
    explain: (answer) => refusalOf(answer).message,
  };
}

function addressOf(server: string, { path, query = {} }: HttpCall): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) search.append(key, one);
  }
  return `${server}${path}${search.size === 0 ? '' : `?${search}`}`;
}

interface Content extends Pick<Outgoing, 'headers' | 'body'> {
  /** Whether it can be sent again. */
  readonly isWhole: boolean;
}

function contentOf(body: HttpCall['body']): Content {
  if (body === undefined) return { headers: {}, isWhole: true };
  const isBytes = body instanceof Uint8Array;
  if (isBytes || Symbol.asyncIterator in body) {
    return { headers: { 'content-type': 'application/octet-stream' }, body, isWhole: isBytes };
  }
  const headers = { 'content-type': 'application/json' };
  return { headers, body: JSON.stringify(body), isWhole: true };
}

function parseObject(
  bytes: Uint8Array,
  fail: (problem: string, cause?: unknown) => Error,
): WireObject {
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw fail('no JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail('no JSON object');
  }
  return value as WireObject;
}

function refusalOf({ bytes }: Answer): { readonly code: string; readonly message: string } {
  const text = new TextDecoder().decode(bytes.subarray(0, 100_000));
  let answer: { error_code?: unknown; message?: unknown; detail?: unknown } = {};
  try {
    answer = (JSON.parse(text) ?? {}) as typeof answer;
  } catch {
    // A proxy's page, or plain text: shown as it is.
  }
  const message = answer.message ?? answer.detail;
  return {
    code: typeof answer.error_code === 'string' ? answer.error_code : '',
    message: (typeof message === 'string' ? message : text.replace(/\s+/g, ' ')).slice(0, 1000),
  };
}

function eitherSignal(
  one: AbortSignal | undefined,
  other: AbortSignal | undefined,
): AbortSignal | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return AbortSignal.any([one, other]);
}

function randomNumber(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}
