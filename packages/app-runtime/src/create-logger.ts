import { REDACTED, isSecret, isSecretName, redactText } from '@gnu-mlops/core/config';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { type DestinationStream, type Level, type Logger as PinoLogger, pino } from 'pino';
import type { Redactor } from './create-redactor.ts';

/** A pino logger; `child` loggers hide secrets as well. */
export type Logger = PinoLogger;

/** What {@link createLogger} needs. */
export interface LoggerOptions {
  /** The least level that is written. */
  readonly level: Level | 'silent';
  /** Where lines go, such as `process.stderr`. */
  readonly destination: DestinationStream;
  /** Default: hides what looks like a secret. */
  readonly redact?: Redactor;
  /** Milliseconds since the epoch; default: the clock. */
  readonly now?: () => number;
}

/** Deeper values are left out of a log line. */
const MAX_DEPTH = 8;

/**
 * A logger that writes one JSON object a line: level in words, ISO time, message, fields. Secrets,
 * fields named like one, and what looks like one in any text are hidden. Stacks of errors are
 * written at level debug and below only.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { level, destination, redact = redactText, now = Date.now } = options;
  const stacks = level === 'debug' || level === 'trace' ? 'shown' : 'hidden';
  const hide = (fields: object) => hideFields(fields, stacks) as Record<string, unknown>;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: hide },
      // Errors are made plain by `hide`; pino's own serializer would add the stack.
      serializers: { err: (value: unknown) => value },
    },
    { write: (line: string) => destination.write(redact(line)) },
  );
  // pino formats neither the fields of a child nor those set later; children inherit from this one.
  const { child, setBindings } = logger;
  return Object.assign(logger, {
    child(this: Logger, fields: object, childOptions?: object) {
      return child.call(this, hide(fields), childOptions);
    },
    setBindings(this: Logger, fields: object) {
      setBindings.call(this, hide(fields));
    },
  }) as Logger;
}

type Stacks = 'shown' | 'hidden';

function hideFields(value: unknown, stacks: Stacks, depth = 0): unknown {
  if (isSecret(value)) return REDACTED;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return hideFields(plainError(value, stacks), stacks, depth + 1);
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => hideFields(item, stacks, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      isSecretName(key) ? REDACTED : hideFields(entry, stacks, depth + 1),
    ]),
  );
}

function plainError(error: Error, stacks: Stacks): object {
  return {
    type: error.name,
    ...(isGnuMlopsError(error) && { code: error.code }),
    message: error.message,
    ...(error.cause !== undefined && { cause: error.cause }),
    ...(stacks === 'shown' && { stack: error.stack }),
  };
}
