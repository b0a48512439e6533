import { JsonLineError } from '../format-errors.ts';
import type { TextLine } from './read-lines.ts';

/** A value that a cell can have. Whole numbers that no double holds exactly are bigint. */
export type JsonCell = string | number | bigint | boolean | null;

/** One row of a file of JSON lines. */
export type JsonRow = Readonly<Record<string, JsonCell>>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * One line as an object of plain values.
 *
 * @throws {JsonLineError} for what is no object, and for a value that is a list or an object.
 */
export function parseJsonLine({ bytes, line }: TextLine, source: string): JsonRow {
  const fail = (reason: string) => new JsonLineError(source, line, reason);
  let text: string;
  let row: unknown;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw fail('bytes that are not UTF-8');
  }
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw fail((cause as Error).message.replace(/\.$/, ''));
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw fail('is no JSON object');
  let isExact = true;
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'object' && value !== null) {
      const kind = Array.isArray(value) ? 'a list' : 'an object';
      throw fail(`"${name}" is ${kind}, which no column of a table can hold`);
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) isExact = false;
  }
  return isExact ? (row as JsonRow) : parseExactly(text);
}

/** The same object with whole numbers beyond 2^53 as bigint, unless written with point or exponent. */
function parseExactly(text: string): JsonRow {
  return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) => {
    const digits = context?.source;
    const isLong = typeof value === 'number' && !Number.isSafeInteger(value);
    return isLong && digits !== undefined && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
  }) as JsonRow;
}
