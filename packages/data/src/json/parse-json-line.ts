import { JsonLineError } from '../format-errors.ts';
import type { TextLine } from './read-lines.ts';

/** A value that a cell can have. Whole numbers that no double holds exactly are bigint. */
export type JsonCell = string | number | bigint | boolean | null;

/** One row of a file of JSON lines. */
export interface JsonRow {
  /** From 1. */
  readonly line: number;
  /** The line as it stands in the file. */
  readonly text: string;
  readonly cells: Readonly<Record<string, JsonCell>>;
}

/** The cell under a name; null where the row has none, whatever objects have by themselves. */
export function cellNamed(cells: JsonRow['cells'], name: string): JsonCell {
  return Object.hasOwn(cells, name) ? cells[name]! : null;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * One line as an object of plain values.
 *
 * @param wanted the names whose values are looked at; default: all.
 * @throws {JsonLineError} for what is no object, and for a wanted value that is a list or an object.
 */
export function parseJsonLine(
  { bytes, line }: TextLine,
  source: string,
  wanted?: ReadonlySet<string>,
): JsonRow {
  const fail = (reason: string) => new JsonLineError(source, line, reason);
  let text: string;
  let cells: unknown;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw fail('bytes that are not UTF-8');
  }
  try {
    cells = JSON.parse(text);
  } catch (cause) {
    throw fail((cause as Error).message.replace(/\.$/, ''));
  }
  if (typeof cells !== 'object' || cells === null || Array.isArray(cells)) {
    throw fail('it is no JSON object');
  }
  let isExact = true;
  for (const [name, value] of Object.entries(cells)) {
    if (typeof value === 'object' && value !== null && wanted?.has(name) !== false) {
      const kind = Array.isArray(value) ? 'a list' : 'an object';
      throw fail(`"${name}" is ${kind}, which no column of a table can hold`);
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) isExact = false;
  }
  return { line, text, cells: isExact ? (cells as JsonRow['cells']) : parseExactly(text) };
}

/** The same object with whole numbers beyond 2^53 as bigint, unless written with point or exponent. */
function parseExactly(text: string): JsonRow['cells'] {
  return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) => {
    const digits = context?.source;
    const isLong = typeof value === 'number' && !Number.isSafeInteger(value);
    return isLong && digits !== undefined && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
  }) as JsonRow['cells'];
}
