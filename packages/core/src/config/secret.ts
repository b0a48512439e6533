const marker = Symbol.for('gnu-mlops.secret');
const inspection = Symbol.for('nodejs.util.inspect.custom');

/** What stands in place of a secret wherever one would be printed. */
export const REDACTED = '[redacted]';

/**
 * A text that must not be seen: string conversion, `JSON.stringify` and `util.inspect` all give
 * {@link REDACTED}, and no property holds the text.
 */
export interface Secret {
  /** The text itself. Hand it to the one call that needs it; never to a message or a log. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wrap a text so that it does not print by accident. */
export function createSecret(text: string): Secret {
  const secret = {
    reveal: () => text,
    toString: () => REDACTED,
    toJSON: () => REDACTED,
  };
  Object.defineProperty(secret, inspection, { value: () => REDACTED });
  Object.defineProperty(secret, marker, { value: true });
  return Object.freeze(secret);
}

/** Whether a value is a {@link Secret}, also one of another copy of this package. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && marker in value;
}
