import { FilterInvalidError } from '../search-errors.ts';

/** A piece of a filter's text, at its place. */
export interface FilterToken {
  readonly kind: 'word' | 'backticked' | 'text' | 'number' | 'operator' | 'punctuation' | 'end';
  /** Without quotes. A text in double quotes may also be a key: `isDoubleQuoted` tells. */
  readonly text: string;
  readonly isDoubleQuoted: boolean;
  /** Where it begins and ends: 0-based, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const patterns: readonly (readonly [FilterToken['kind'], RegExp])[] = [
  // Not right after a name: in params.2 the dot ends the name.
  ['number', /(?<![\p{L}\p{N}_`"'])[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy],
  ['word', /[\p{L}\p{N}_][\p{L}\p{N}_\-/:]*/uy],
  ['backticked', /`([^`]*(?:``[^`]*)*)`/uy],
  ['text', /'([^']*(?:''[^']*)*)'|"([^"]*(?:""[^"]*)*)"/uy],
  ['operator', /<=|>=|!=|=|<|>/uy],
  ['punctuation', /[().,]/uy],
];

/**
 * Cut a filter into tokens; the last one is `end`. A quote inside quotes is doubled.
 *
 * @throws {FilterInvalidError} at the first character that begins no token.
 */
export function tokeniseFilter(filter: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let position = skipSpace(filter, 0);
  while (position < filter.length) {
    const token = readToken(filter, position);
    tokens.push(token);
    position = skipSpace(filter, token.end);
  }
  tokens.push({ kind: 'end', text: '', isDoubleQuoted: false, start: position, end: position });
  return tokens;
}

function readToken(filter: string, start: number): FilterToken {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(filter);
    if (match === null) continue;
    const isDoubleQuoted = match[0].startsWith('"');
    const quote = match[0][0]!;
    const inner = match[1] ?? match[2];
    const text = inner === undefined ? match[0] : inner.replaceAll(quote + quote, quote);
    return { kind, text, isDoubleQuoted, start, end: start + match[0].length };
  }
  const problem = /['"`]/.test(filter[start]!)
    ? 'this quote is not closed.'
    : 'this character is not expected. Quote keys with backticks and texts with single quotes.';
  throw new FilterInvalidError(filter, start, problem);
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (position < text.length && /\s/.test(text[position]!)) position++;
  return position;
}
