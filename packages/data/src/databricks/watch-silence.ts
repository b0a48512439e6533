import { ServerSilentError } from './server-silent-error.ts';
import { untilAborted } from './until-aborted.ts';

/** Watches one exchange with a server: how long nothing moves. Nothing counts between `rest` and `heard`. */
export interface SilenceWatch {
  /** Aborts when the server was silent for too long, or with the caller's own signal. */
  readonly signal: AbortSignal;
  /** Begin to count anew. */
  heard(): void;
  /** Nobody waits for the server now. */
  rest(): void;
}

/** Begin to count the time without a byte. */
export function watchSilence(timeoutMs: number, signal: AbortSignal | undefined): SilenceWatch {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const rest = () => clearTimeout(timer);
  const heard = () => {
    rest();
    timer = setTimeout(() => silence.abort(new ServerSilentError(timeoutMs)), timeoutMs);
  };
  heard();
  const both = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
  return { signal: both, heard, rest };
}

/** What is sent, each piece of which the server has to take in time. */
export function watchedBody(
  body: NonNullable<RequestInit['body']>,
  watch: SilenceWatch,
): NonNullable<RequestInit['body']> {
  if (!(body instanceof ReadableStream)) return body;
  const transform = (piece: Uint8Array, next: TransformStreamDefaultController<Uint8Array>) => {
    watch.heard();
    next.enqueue(piece);
  };
  return body.pipeThrough(new TransformStream({ transform }));
}

/** An answer whose content has to come in time, while somebody waits for it. */
export function watchedAnswer(answer: Response, watch: SilenceWatch): Response {
  if (answer.body === null) return answer;
  const reader = answer.body.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        watch.heard();
        try {
          const { done, value } = await untilAborted(reader.read(), watch.signal);
          if (done) controller.close();
          else controller.enqueue(value);
        } finally {
          watch.rest();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Only what somebody waits for is asked for.
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = answer;
  return new Response(body, { status, statusText, headers });
}
