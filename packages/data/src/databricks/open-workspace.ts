import { setTimeout as wait } from 'node:timers/promises';
import { plainCause } from '../plain-cause.ts';
import { retryDelayMs } from '../retry-delay.ts';
import { DataOptionError } from '../errors.ts';
import { type DatabricksCredentials, createAccessToken, isTokenText } from './access-token.ts';
import {
  DatabricksForbiddenError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks-errors.ts';
import { serverWords } from '../server-words.ts';
import { restError } from './rest-error.ts';
import { ServerSilentError } from './server-silent-error.ts';
import { untilAborted } from './until-aborted.ts';
import { watchSilence, watchedAnswer, watchedBody } from './watch-silence.ts';
import { parseWorkspaceHost } from './workspace-host.ts';

/** What timers can wait for. */
const longestTimeoutMs = 2 ** 31 - 1;

/** Which workspace to ask, and as whom. */
export interface WorkspaceOptions {
  /** Such as `https://dbc-1234.cloud.databricks.com`. */
  readonly host: string;
  readonly credentials: DatabricksCredentials;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch; default: the clock. */
  readonly now?: () => number;
  /** Tries of one request, waits between them growing; default 5. */
  readonly maxAttempts?: number;
  /** Longest silence of the server, in milliseconds; default 120,000. */
  readonly timeoutMs?: number;
}

/** One request to a workspace's REST API. */
export interface WorkspaceRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Percent-encoded, from the root: `/api/2.0/dbfs/read`. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  /** Made anew for every try. */
  readonly body?: () => NonNullable<RequestInit['body']>;
  /** What errors call the thing that is asked for. */
  readonly subject: string;
  /**
   * Whether a request that may have been carried out can be sent again. One that was turned away for
   * certain (429, 503) is sent again in any case.
   */
  readonly repeatable: 'yes' | 'no';
  /**
   * Whether a web page can be the answer; default `no`: then it comes from somebody else, such as a proxy
   * that wants one to sign in.
   */
  readonly webPage?: 'yes' | 'no';
  readonly signal?: AbortSignal | undefined;
}

/** A Databricks workspace. */
export interface DatabricksWorkspace {
  readonly host: URL;
  readonly maxAttempts: number;
  /** The longest silence of the server that is waited for, in milliseconds. */
  readonly timeoutMs: number;
  readonly now: () => number;
  /** An access token that is valid now. */
  accessToken(): Promise<string>;
  /** Send a request; any answer but success is a coded error. */
  request(request: WorkspaceRequest): Promise<Response>;
  /** Send JSON, or a query, and read the JSON that comes back. */
  call(request: Omit<WorkspaceRequest, 'body'> & { readonly json?: unknown }): Promise<object>;
}

/**
 * Connect to a workspace. Nothing is sent yet.
 *
 * @throws {DatabricksNameError} for a host that is none.
 * @throws {DataOptionError} for a token that is none, and for numbers out of their range.
 */
export function openDatabricksWorkspace(options: WorkspaceOptions): DatabricksWorkspace {
  const { credentials, maxAttempts = 5, timeoutMs = 120_000, now = Date.now } = options;
  if ('token' in credentials && !isTokenText(credentials.token)) {
    throw new DataOptionError('credentials.token', 'one word of ASCII, as Databricks shows it');
  }
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    throw new DataOptionError('maxAttempts', 'a whole number, at least 1');
  }
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > longestTimeoutMs) {
    throw new DataOptionError('timeoutMs', `a whole number from 1 to ${longestTimeoutMs}`);
  }
  const host = parseWorkspaceHost(options.host);
  const { fetch: fetchUrl = fetch } = options;
  const accessToken = createAccessToken(credentials, {
    now,
    async send(form, authorization) {
      const request = {
        method: 'POST',
        path: '/oidc/v1/token',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: () => form.toString(),
        subject: host.href,
        repeatable: 'yes',
      } as const;
      const token = await attempt(request, (answer) => readJson(answer, host.href));
      if (hasToken(token)) return token;
      throw new DatabricksForbiddenError(host.href, 'its answer holds no access token');
    },
  });

  /** A connection that breaks, or is silent, while `read` reads the answer is a failure like any other. */
  async function attempt<T>(
    request: WorkspaceRequest,
    read: (answer: Response) => Promise<T>,
    authorize?: () => Promise<string>,
  ): Promise<T> {
    const { method, subject, signal } = request;
    const url = new URL(request.path, host);
    url.search = new URLSearchParams(request.query).toString();
    for (let failures = 1; ; failures++) {
      signal?.throwIfAborted();
      // A token may end while the server has us wait.
      const authorization = await authorize?.();
      const headers = { ...request.headers, ...(authorization && { authorization }) };
      const body = request.body?.();
      const watch = watchSilence(timeoutMs, signal);
      let retryAfter: string | null = null;
      try {
        const fetching = fetchUrl(url, {
          method,
          headers,
          redirect: 'error',
          ...(body !== undefined && { body: watchedBody(body, watch), duplex: 'half' }),
          signal: watch.signal,
        } as RequestInit);
        const answer = watchedAnswer(await untilAborted(fetching, watch.signal), watch);
        watch.rest();
        if (answer.ok) {
          if (isWebPage(answer) && request.webPage !== 'yes') {
            await answer.body?.cancel();
            throw webPageError(subject);
          }
          return await read(answer);
        }
        if (!mayTryAgain(answer.status, request) || failures >= maxAttempts) {
          throw await restError(answer, subject);
        }
        retryAfter = answer.headers.get('retry-after');
        await answer.body?.cancel();
      } catch (cause) {
        signal?.throwIfAborted();
        if (!isBroken(cause)) throw cause;
        if (request.repeatable === 'no' || failures >= maxAttempts) {
          const options = { cause: plainCause(cause) };
          throw new DatabricksUnavailableError(subject, networkReason(cause), options);
        }
      } finally {
        watch.rest();
      }
      const delayMs = retryDelayMs(failures, { header: retryAfter, now: now() });
      await wait(delayMs, undefined, { ...(signal && { signal }) });
    }
  }

  async function send<T>(
    wanted: WorkspaceRequest,
    read: (answer: Response) => Promise<T>,
  ): Promise<T> {
    const authorize = async () => `Bearer ${await untilAborted(accessToken(), wanted.signal)}`;
    return attempt(wanted, read, authorize);
  }

  return {
    host,
    maxAttempts,
    timeoutMs,
    now,
    accessToken,
    request: (wanted) => send(wanted, async (answer) => answer),
    async call({ json, ...wanted }) {
      const content = json === undefined ? undefined : JSON.stringify(json);
      const body = content !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: () => content,
      };
      return send({ ...wanted, ...body }, (answer) => readJson(answer, wanted.subject));
    },
  };
}

/** @throws what {@link isBroken} knows where the connection breaks. */
async function readJson(answer: Response, subject: string): Promise<object> {
  const text = await answer.text();
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // Its error repeats some of the text, which may be a token.
  }
  const failure = { reason: 'no JSON', message: 'its answer cannot be read' };
  throw new DatabricksRequestError(subject, failure);
}

function isWebPage({ status, headers }: Response): boolean {
  if (status === 204) return false;
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '');
}

function webPageError(subject: string): Error {
  const reason =
    'a web page came instead of its answer, as from a proxy, or a server that is no workspace';
  return new DatabricksUnavailableError(subject, reason);
}

/** Of servers, and proxies before them, that may have carried a request out, and do better next time. */
const passingStatuses = new Set([408, 500, 502, 504]);

function mayTryAgain(status: number, { repeatable }: WorkspaceRequest): boolean {
  const isTurnedAway = status === 429 || status === 503;
  return isTurnedAway || (passingStatuses.has(status) && repeatable === 'yes');
}

function hasToken(answer: object): answer is { readonly access_token: string } {
  return isTokenText((answer as { access_token?: unknown }).access_token);
}

/** Whether the way to the server failed: `fetch` throws a TypeError then. */
function isBroken(thrown: unknown): thrown is Error {
  return thrown instanceof TypeError || thrown instanceof ServerSilentError;
}

/** `fetch` says "fetch failed", and only the cause says why. */
function networkReason(error: Error): string {
  const cause = error.cause as { readonly code?: string; readonly message?: string } | undefined;
  return serverWords(cause?.message || cause?.code || error.message);
}
