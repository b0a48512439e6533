import { serverWords } from './server-words.ts';

/** What libraries hang on their errors, as far as it says what went wrong. */
interface ForeignFailure {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  /** Of an AggregateError, as where several addresses of a host were tried. */
  readonly errors?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  /** Of the AWS SDK. */
  readonly $metadata?: {
    readonly httpStatusCode?: unknown;
    readonly requestId?: unknown;
    readonly extendedRequestId?: unknown;
  };
}

const mostCauses = 8;

/**
 * What a library threw, fit to be kept as the cause of an error: a new error that holds its name, words,
 * stack, codes and ids of requests, and those of its own causes. Whatever else hangs on it stays behind:
 * exchanges with a server, which hold tokens and signatures, and the queries of URLs.
 */
export function plainCause(thrown: unknown): Error {
  return plainError(thrown, mostCauses);
}

function plainError(thrown: unknown, deepest: number): Error {
  if (typeof thrown !== 'object' || thrown === null) return new Error(textOf(thrown));
  const { name, message, stack, cause, errors, code, statusCode, $metadata }: ForeignFailure =
    thrown;
  const words = textOf(message);
  const plain = new Error(words);
  const label = textOf(name) || 'Error';
  const isDeep = deepest <= 1;
  hide(plain, 'name', label);
  hide(plain, 'stack', `${label}: ${words}${framesOf(stack, message)}`);
  if (cause != null && !isDeep) hide(plain, 'cause', plainError(cause, deepest - 1));
  if (Array.isArray(errors) && !isDeep) {
    const several = errors.slice(0, mostCauses).map((each) => plainError(each, deepest - 1));
    hide(plain, 'errors', several);
  }
  return Object.assign(plain, {
    ...factOf('code', code),
    ...factOf('status', $metadata?.httpStatusCode ?? statusCode),
    ...factOf('requestId', $metadata?.requestId),
    ...factOf('extendedRequestId', $metadata?.extendedRequestId),
  });
}

/** Set a property that errors have, and loggers do not list besides them. */
function hide(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, writable: true, configurable: true });
}

function factOf(name: string, value: unknown): { [name: string]: string | number } {
  if (typeof value === 'number') return { [name]: value };
  const text = typeof value === 'string' ? textOf(value) : '';
  return text === '' ? {} : { [name]: text };
}

/** The places of a stack, without the words before them. */
function framesOf(stack: unknown, message: unknown): string {
  if (typeof stack !== 'string') return '';
  // The words may have lines that look like places.
  const [, ...behind] = stack.split(String(message));
  const frames = (behind.length > 0 ? behind.join('') : stack).split('\n');
  return frames
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `\n${line}`)
    .join('');
}

function textOf(value: unknown): string {
  return value == null ? '' : serverWords(String(value));
}
