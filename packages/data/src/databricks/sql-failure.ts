import { isGnuMlopsError } from '@gnu-mlops/core';
import {
  DatabricksForbiddenError,
  DatabricksNotFoundError,
  DatabricksRequestError,
  DatabricksUnavailableError,
} from './databricks-errors.ts';
import { plainCause } from '../plain-cause.ts';
import { serverWords } from '../server-words.ts';
import { RowsSkippedError } from './rows-skipped-error.ts';

/** A failure of the driver, seen from the one who may try again. */
export interface SqlFailure {
  /**
   * `turned_away`: the server did nothing. `broken`: nobody knows whether it did. `final`: it will
   * not do it.
   */
  readonly kind: 'turned_away' | 'broken' | 'final';
  /** The server's `Retry-After`. */
  readonly retryAfter: string | null;
  /** The coded error for when it is not tried again. */
  readonly error: unknown;
}

/** What the driver throws; its StatusError is no Error. */
interface DriverFailure {
  readonly name?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly code?: unknown;
  readonly type?: string;
  /** Of its RetryError. */
  readonly errorCode?: string;
  /** Of its RetryError: the last failure, or an exchange with the answer that was the last one. */
  readonly payload?: {
    readonly message?: string;
    readonly response?: { readonly status?: number };
  };
  readonly response?: {
    readonly headers?: { get(name: string): string | null };
    readonly errorMessage?: string | null;
    readonly displayMessage?: string | null;
    readonly sqlState?: string | null;
  };
}

const brokenMessage = /socket hang up|premature close|aborted|CloudFetch|timed out/i;
const giveUpMessage = /^Hive driver: (\S+) when connecting to resource/;
const notFoundStates = new Set(['3D000', '42704', '42P01']);
const expiredLink = /^CloudFetch link has expired/;
const failedLink = /^CloudFetch HTTP error/;
const withoutLinks =
  'with CloudFetch off (databricks.use_cloud_fetch) the warehouse sends the rows';

/** Tell what a failure of the driver means, and make it a coded error. */
export function sqlFailure(thrown: unknown, subject: string): SqlFailure {
  // A TypeError is a fault of the program, which no other words would mend.
  if (isGnuMlopsError(thrown) || thrown instanceof TypeError) return final(thrown);
  if (typeof thrown !== 'object' || thrown === null) return final(thrown);
  const failure = thrown as DriverFailure;
  const options = { cause: plainCause(thrown) };
  const headers = failure.statusCode === undefined ? undefined : failure.response?.headers;
  const status = failure.statusCode ?? Number(giveUpMessage.exec(failure.message ?? '')?.[1] ?? 0);
  const words = wordsOf(failure);
  const unavailable = new DatabricksUnavailableError(subject, words, options);
  const retryAfter = headers?.get('retry-after') ?? null;
  if (status === 429 || status === 503)
    return { kind: 'turned_away', retryAfter, error: unavailable };
  if (status >= 500 || isBroken(failure)) return { kind: 'broken', retryAfter, error: unavailable };
  if (status === 401 || status === 403) {
    return final(new DatabricksForbiddenError(subject, words, options));
  }
  if (status === 404) {
    // It has not come as far as the table, whose absence is an answer like any other.
    const reason = `${words}, as where the HTTP path is not that of a warehouse`;
    return final(new DatabricksNotFoundError(subject, reason, options));
  }
  return final(queryError(failure, { subject, words, options }));
}

function final(error: unknown): SqlFailure {
  return { kind: 'final', retryAfter: null, error };
}

/** Whether a failure is that of a link whose time was over before it was followed. */
export function isExpiredLink(thrown: unknown): boolean {
  return thrown instanceof Error && expiredLink.test(thrown.message);
}

function isBroken(failure: DriverFailure): boolean {
  const { type, code, errorCode, message = '' } = failure;
  const isNetwork = typeof code === 'string' && /^E[A-Z_]+$/.test(code);
  return (
    failure instanceof RowsSkippedError ||
    type === 'system' ||
    errorCode?.endsWith('_EXCEEDED') === true ||
    isNetwork ||
    brokenMessage.test(message) ||
    giveUpMessage.test(message)
  );
}

/** The server's words for a query that failed; they name a condition in brackets and an SQL state. */
function queryError(
  failure: DriverFailure,
  { subject, words, options }: { subject: string; words: string; options: ErrorOptions },
): Error {
  const full = failure.response?.errorMessage ?? failure.message ?? '';
  const condition = /\[([A-Z][A-Z0-9_.]+)\]/.exec(full)?.[1];
  const state = failure.response?.sqlState ?? /SQLSTATE: ?(\w{5})/.exec(full)?.[1];
  if (condition?.endsWith('_NOT_FOUND') || (state && notFoundStates.has(state))) {
    return new DatabricksNotFoundError(subject, words, options);
  }
  if (state === '42501' || condition?.includes('PERMISSION')) {
    return new DatabricksForbiddenError(subject, words, options);
  }
  const reason = condition ?? state ?? failure.name ?? 'unknown';
  return new DatabricksRequestError(subject, { reason, message: words }, options);
}

/** The first line that says something, of the text that is meant for people if there is one. */
function wordsOf({ response, message = '', statusCode, payload }: DriverFailure): string {
  if (expiredLink.test(message)) {
    return `links to its rows expired, and the warehouse renews them no more; ${withoutLinks}`;
  }
  if (failedLink.test(message)) return `${serverWords(message)}; ${withoutLinks}`;
  const header =
    statusCode === undefined
      ? null
      : (response?.headers?.get('x-thriftserver-error-message') ??
        response?.headers?.get('x-databricks-reason-phrase'));
  const { message: last, response: lastAnswer } = payload ?? {};
  const lastWords = last ?? (lastAnswer && `HTTP ${lastAnswer.status}`);
  const given = response?.displayMessage || response?.errorMessage || lastWords || message;
  const text = header || given;
  return serverWords(text) || 'no reason given';
}
