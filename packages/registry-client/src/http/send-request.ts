import { RemoteUnavailableError } from '../remote-errors.ts';
import { readPieces, readWhole } from './response-body.ts';
import { retryDelayMs, wait } from './retry-delay.ts';

/** One request, to any address. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  /** What errors call it; the address itself may hold a signature. */
  readonly label: string;
  readonly headers: { readonly [name: string]: string };
  /** Pieces can be sent once only. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Whether it does no harm when it arrives twice. */
  readonly twice: 'harmless' | 'harmful';
  /** Whether the answer is read whole before it counts as one, or piece by piece by the caller. */
  readonly answer: 'bytes' | 'stream';
  /** Statuses that are an answer here, although elsewhere they pass. */
  readonly finalStatuses?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where the content is read piece by piece. */
  readonly bytes: Uint8Array;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Patience, and the outside world. */
export interface Sending {
  /** Who is asked, as errors call it. */
  readonly server: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly now: () => number;
  readonly random: () => number;
  /** What a failed answer says, for the error. */
  readonly explain: (answer: Answer) => string;
}

const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/**
 * Send a request, and send it again after failures that pass, where that does no harm.
 *
 * @throws {RemoteUnavailableError} when the last attempt failed too; the signal's reason when it is
 *   aborted.
 */
export async function sendRequest(outgoing: Outgoing, sending: Sending): Promise<Answer> {
  const { method, label, twice, signal } = outgoing;
  const { server, maxAttempts, now, random, explain } = sending;
  const isHarmless = twice === 'harmless' && !isPieces(outgoing.body);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    let retryAfter: string | null = null;
    let mayRepeat = isHarmless;
    let failure: RemoteUnavailableError;
    try {
      const answer = await attemptOnce(outgoing, sending);
      const isFinal = outgoing.finalStatuses?.includes(answer.status) === true;
      if (isFinal || !PASSING_STATUSES.includes(answer.status)) return answer;
      retryAfter = answer.headers.get('retry-after');
      // Too many requests: it was turned away before anything was done.
      mayRepeat ||= answer.status === 429 && !isPieces(outgoing.body);
      const text = `${method} ${label} failed with ${answer.status}: ${explain(answer)}`;
      failure = new RemoteUnavailableError(server, { text, status: answer.status });
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      if (error instanceof ContentError) throw error.cause;
      mayRepeat ||= isNeverSent(error) && !isPieces(outgoing.body);
      failure = new RemoteUnavailableError(server, { text: reasonOf(error) }, { cause: error });
    }
    if (!mayRepeat || attempt >= maxAttempts) throw failure;
    await wait(retryDelayMs(attempt, retryAfter, { now, random }), signal);
  }
}

async function attemptOnce(outgoing: Outgoing, sending: Sending): Promise<Answer> {
  const { method, url, headers, body, signal } = outgoing;
  const { server, timeoutMs, fetch } = sending;
  const isStreamed = isPieces(body) || outgoing.answer === 'stream';
  const stopwatch = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What streams may take as long as it moves: every piece winds the clock up again. While it is the
  // caller's turn, who gives pieces or takes them, nobody waits for the server.
  const rest = () => clearTimeout(timer);
  const wind = () => {
    rest();
    timer = setTimeout(() => stopwatch.abort(new DOMException('', 'TimeoutError')), timeoutMs);
  };
  wind();
  const content: { failure?: unknown } = {};
  let isSending = true;
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body === undefined
        ? {}
        : {
            body: asBody(body, {
              onAsk: () => isSending && rest(),
              onPiece: () => isSending && wind(),
              onFailure: (failure) => (content.failure = failure),
            }),
          }),
      ...(isPieces(body) ? { duplex: 'half' } : {}),
      redirect: 'manual',
      signal: signal === undefined ? stopwatch.signal : AbortSignal.any([stopwatch.signal, signal]),
    } as RequestInit);
    const { status, headers: received } = response;
    isSending = false;
    if (isStreamed) wind();
    if (outgoing.answer === 'stream' && response.ok) {
      const content = readPieces(response, {
        onAsk: wind,
        onPiece: rest,
        onEnd: rest,
        failure: (error) =>
          signal?.aborted === true
            ? (signal.reason as Error)
            : new RemoteUnavailableError(server, { text: reasonOf(error) }, { cause: error }),
      });
      return { status, headers: received, bytes: new Uint8Array(), content };
    }
    const bytes = await readWhole(response);
    rest();
    return { status, headers: received, bytes, content: only(bytes) };
  } catch (error) {
    isSending = false;
    rest();
    throw 'failure' in content ? new ContentError(content.failure) : error;
  }
}

/** The caller's own stream failed, and no network did. */
class ContentError extends Error {
  constructor(cause: unknown) {
    super('', { cause });
  }
}

function isPieces(body: Outgoing['body']): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

interface BodyEvents {
  /** The caller is asked for the next piece. */
  readonly onAsk: () => void;
  readonly onPiece: () => void;
  readonly onFailure: (error: unknown) => void;
}

function asBody(
  body: NonNullable<Outgoing['body']>,
  { onAsk, onPiece, onFailure }: BodyEvents,
): unknown {
  if (!isPieces(body)) return body;
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      onAsk();
      try {
        const { done, value } = await pieces.next();
        onPiece();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onFailure(error);
        throw error;
      }
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
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
  const isTimeout = (error as { readonly name?: unknown } | null)?.name === 'TimeoutError';
  if (isTimeout) return 'it did not answer in time.';
  return `no connection (${causeCode(error) ?? 'network failure'}).`;
}
