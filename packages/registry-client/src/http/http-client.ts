import {
  RemoteAnswerError,
  RemoteDeniedError,
  RemoteRefusedError,
  RemoteUnavailableError,
} from '../remote-errors.ts';
import { RegistryClosedError } from '../store-errors.ts';
import type { HttpRegistryOptions } from './http-options.ts';
import { retryDelayMs, wait } from './retry-delay.ts';
import type { WireObject } from './wire-values.ts';

/** Undefined values are left out, those of a list sent one by one. */
export type Query = { readonly [key: string]: string | readonly string[] | undefined };

/** One request to the server. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the address of the server, encoded: `/api/2.0/mlflow/runs/get`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: object | Uint8Array;
  /** Whether it does no harm when it arrives twice. Default: `harmless` for GET, `harmful` else. */
  readonly twice?: 'harmless' | 'harmful';
}

/** A connection to one server. */
export interface HttpClient {
  /** Without credentials. */
  readonly server: string;
  /** Send a request and read the answer as a JSON object. */
  askJson(call: HttpCall): Promise<WireObject>;
  askBytes(call: HttpCall): Promise<Uint8Array>;
  close(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Open a connection; nothing is sent yet. `server` has neither credentials nor a slash at its end. */
export function createHttpClient(
  server: string,
  options: HttpRegistryOptions & { readonly now: () => number },
): HttpClient {
  const authorization = authorizationOf(options);
  let isClosed = false;

  async function ask(call: HttpCall): Promise<Answer> {
    if (isClosed) throw new RegistryClosedError(server);
    const { maxAttempts = 5, signal, now, random = randomNumber } = options;
    const isHarmless =
      (call.twice ?? (call.method === 'GET' ? 'harmless' : 'harmful')) === 'harmless';
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      let retryAfter: string | null = null;
      let mayRepeat = isHarmless;
      let failure: RemoteUnavailableError;
      try {
        const answer = await send(call);
        if (!PASSING_STATUSES.includes(answer.status)) return answer;
        retryAfter = answer.headers.get('retry-after');
        // Too many requests: it was turned away before anything was done.
        mayRepeat ||= answer.status === 429;
        failure = new RemoteUnavailableError(server, {
          text: `${call.method} ${call.path} failed with ${answer.status}: ${refusalOf(answer).message}`,
          status: answer.status,
        });
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason;
        mayRepeat ||= isNeverSent(error);
        failure = new RemoteUnavailableError(server, { text: reasonOf(error) }, { cause: error });
      }
      if (!mayRepeat || attempt >= maxAttempts) throw failure;
      await wait(retryDelayMs(attempt, retryAfter, { now, random }), signal);
    }
  }

  async function send({ method, path, query = {}, body }: HttpCall): Promise<Answer> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of value === undefined ? [] : [value].flat()) search.append(key, one);
    }
    const timeout = AbortSignal.timeout(options.timeoutMs ?? 120_000);
    const isBytes = body instanceof Uint8Array;
    const fetch = options.fetch ?? globalThis.fetch;
    const response = await fetch(`${server}${path}${search.size === 0 ? '' : `?${search}`}`, {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined
        ? {}
        : { body: isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      redirect: 'manual',
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  }

  async function askBytes(call: HttpCall): Promise<Uint8Array> {
    const answer = await ask(call);
    const { status, bytes } = answer;
    if (status >= 200 && status < 300) return bytes;
    if (status === 401 || status === 403) throw new RemoteDeniedError(server, status);
    if (status < 400) {
      throw new RemoteAnswerError(server, `${call.path} leads elsewhere (status ${status}).`);
    }
    throw new RemoteRefusedError(`${call.method} ${call.path}`, {
      status,
      ...refusalOf(answer),
    });
  }

  return {
    server,
    askBytes,
    async askJson(call) {
      const bytes = await askBytes(call);
      const text = new TextDecoder().decode(bytes);
      let value: unknown;
      try {
        value = text.trim() === '' ? {} : JSON.parse(text);
      } catch (cause) {
        throw new RemoteAnswerError(server, `${call.path} gave no JSON.`, { cause });
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new RemoteAnswerError(server, `${call.path} gave no JSON object.`);
      }
      return value as WireObject;
    },
    close() {
      isClosed = true;
    },
  };
}

function authorizationOf(options: HttpRegistryOptions): string | undefined {
  const { username, password = '', token } = options;
  if (username !== undefined) {
    const bytes = new TextEncoder().encode(`${username}:${password}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
  }
  return token === undefined ? undefined : `Bearer ${token}`;
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

function randomNumber(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

/** Whether the connection was refused, so that the server cannot have seen the request. */
function isNeverSent(error: unknown): boolean {
  const code = causeCode(error);
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}

function causeCode(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time.';
  return `no connection (${causeCode(error) ?? 'network failure'}).`;
}
