import { isGnuMlopsError } from '@gnu-mlops/core';
import { ConfigError, redactText } from '@gnu-mlops/core/config';
import type { Redactor } from './create-redactor.ts';

/** How much {@link describeError} says. */
export interface DescribeErrorOptions {
  /** Also what else is wrong, the causes and the stack. Default false. */
  readonly verbose?: boolean;
  /** Default: hides what looks like a secret. */
  readonly redact?: Redactor;
}

const MAX_CAUSES = 10;

/**
 * An error in words for a person: one line, with the code to look up in `docs/errors.md`. Secrets
 * are hidden.
 */
export function describeError(error: unknown, options: DescribeErrorOptions = {}): string {
  const { verbose = false, redact = redactText } = options;
  const others = error instanceof ConfigError ? error.others : [];
  const more = others.length === 0 ? '' : ` (${others.length} more to mend)`;
  if (!verbose) return redact(`${lineOf(error)}${more}`);
  const lines = [
    lineOf(error),
    ...others.map((other) => `also: ${lineOf(other)}`),
    ...causesOf(error).map((cause) => `because: ${lineOf(cause)}`),
    ...(error instanceof Error && error.stack !== undefined ? [stackOf(error.stack)] : []),
  ];
  return redact(lines.join('\n'));
}

/** Message and code, without line breaks. */
function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return `Unexpected failure: ${oneLine(String(error))}`;
  if (isGnuMlopsError(error)) return `${oneLine(error.message)} [${error.code}]`;
  if (error.name === 'AbortError') return 'Interrupted.';
  return `Unexpected failure: ${oneLine(error.message || error.name)}`;
}

/** Without line breaks, and without what a name in a file could do to a terminal. */
function oneLine(text: string): string {
  return text.replace(/\s*\p{Cc}+\s*/gu, ' ').trim();
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  let current = error;
  while (current instanceof Error && current.cause !== undefined && causes.length < MAX_CAUSES) {
    current = current.cause;
    if (current === error || causes.includes(current)) break;
    causes.push(current);
  }
  return causes;
}

/** The frames alone: the message stands above already. */
function stackOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
