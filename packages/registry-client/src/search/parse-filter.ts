import { nearestName } from '@gnu-mlops/core';
import { FilterInvalidError } from '../search-errors.ts';
import {
  type Comparison,
  type Filter,
  type FilterEntity,
  type FilterOperator,
  FILTER_ENTITY_WORDS,
  filterEntityOf,
} from './filter.ts';
import { type FilterToken, tokeniseFilter } from './tokenise-filter.ts';

const MAX_COMPARISONS = 200;
const MAX_DEPTH = 50;

interface Cursor {
  readonly filter: string;
  readonly tokens: readonly FilterToken[];
  next: number;
  comparisons: number;
}

/**
 * Read MLflow's filter grammar: conditions such as `metrics.f1 > 0.8`, ``tags.`my tag` = 'x'``,
 * `attributes.run_id IN ('a', 'b')`, `params.depth IS NULL` (was never logged), joined by AND; and, beyond MLflow, OR and parentheses. A key
 * without a word before it is an attribute.
 *
 * @returns undefined for a blank filter, which everything passes.
 * @throws {FilterInvalidError} with the position of what is wrong.
 */
export function parseFilter(filter: string): Filter | undefined {
  const cursor: Cursor = { filter, tokens: tokeniseFilter(filter), next: 0, comparisons: 0 };
  if (peek(cursor).kind === 'end') return undefined;
  const tree = parseAlternatives(cursor, 0);
  const rest = peek(cursor);
  if (rest.kind !== 'end') throw fail(cursor, rest, 'AND, OR or the end is expected here.');
  return tree;
}

function parseAlternatives(cursor: Cursor, depth: number): Filter {
  return parseJoined(cursor, 'or', () =>
    parseJoined(cursor, 'and', () => parseTerm(cursor, depth)),
  );
}

function parseJoined(cursor: Cursor, kind: 'and' | 'or', parseOne: () => Filter): Filter {
  const terms = [parseOne()];
  while (takeKeyword(cursor, kind)) terms.push(parseOne());
  return terms.length === 1 ? terms[0]! : { kind, terms };
}

function parseTerm(cursor: Cursor, depth: number): Filter {
  const token = peek(cursor);
  if (!isPunctuation(token, '(')) return parseComparison(cursor);
  if (depth >= MAX_DEPTH) throw fail(cursor, token, 'parentheses are nested too deeply.');
  cursor.next++;
  const inner = parseAlternatives(cursor, depth + 1);
  expectPunctuation(cursor, ')');
  return inner;
}

function parseComparison(cursor: Cursor): Comparison {
  const { start: position } = peek(cursor);
  if (++cursor.comparisons > MAX_COMPARISONS) {
    throw fail(cursor, peek(cursor), `a filter may have ${MAX_COMPARISONS} conditions at most.`);
  }
  const { entity, key } = parseIdentifier(cursor);
  const operator = parseOperator(cursor);
  const value = parseOperand(cursor, operator);
  return { kind: 'comparison', entity, key, operator, value, position };
}

function parseIdentifier(cursor: Cursor): { entity: FilterEntity; key: string } {
  const first = take(cursor);
  if (!isKey(first)) {
    throw fail(cursor, first, 'a key is expected here, such as metrics.f1 or attributes.status.');
  }
  if (!isPunctuation(peek(cursor), '.')) return { entity: 'attribute', key: first.text };
  cursor.next++;
  const entity = filterEntityOf(first.text);
  if (entity === undefined) {
    const nearest = nearestName(first.text, FILTER_ENTITY_WORDS);
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    throw fail(
      cursor,
      first,
      `"${first.text}" is none of attributes, metrics, params, tags and datasets.${hint}`,
    );
  }
  return { entity, key: parseKey(cursor) };
}

/** A quoted key, or words and numbers joined by dots without spaces: `mlflow.source.name`. */
function parseKey(cursor: Cursor): string {
  const first = take(cursor);
  if (first.kind === 'backticked' || first.isDoubleQuoted) return first.text;
  if (first.kind !== 'word' && first.kind !== 'number') {
    throw fail(cursor, first, 'a key is expected here. Quote it with backticks if it has spaces.');
  }
  let last = first;
  for (
    let token = peek(cursor);
    token.start === last.end && isKeyPart(token);
    token = peek(cursor)
  ) {
    last = take(cursor);
  }
  return cursor.filter.slice(first.start, last.end);
}

function parseOperator(cursor: Cursor): FilterOperator {
  const token = take(cursor);
  if (token.kind === 'operator') {
    if (peek(cursor).kind === 'operator') {
      throw fail(cursor, token, 'this is no comparison. Equality is written "=".');
    }
    return token.text as FilterOperator;
  }
  const word = token.kind === 'word' ? token.text.toUpperCase() : '';
  if (word === 'LIKE' || word === 'ILIKE' || word === 'IN') return word;
  if (word === 'NOT' && takeKeyword(cursor, 'in')) return 'NOT IN';
  if (word === 'IS') {
    const operator = takeKeyword(cursor, 'not') ? 'IS NOT NULL' : 'IS NULL';
    if (takeKeyword(cursor, 'null')) return operator;
    throw fail(cursor, peek(cursor), 'NULL or NOT NULL is expected after IS.');
  }
  throw fail(
    cursor,
    token,
    'a comparison is expected here: =, !=, <, <=, >, >=, LIKE, ILIKE, IN, NOT IN or IS NULL.',
  );
}

function parseOperand(cursor: Cursor, operator: FilterOperator): Comparison['value'] {
  switch (operator) {
    case 'IN':
    case 'NOT IN':
      return parseList(cursor);
    case 'IS NULL':
    case 'IS NOT NULL':
      return null;
    default:
      return parseValue(cursor, operator);
  }
}

function parseValue(cursor: Cursor, operator: FilterOperator): string | number {
  const token = take(cursor);
  if (token.kind === 'text') return token.text;
  if (token.kind === 'number' && operator !== 'LIKE' && operator !== 'ILIKE') {
    return Number(token.text);
  }
  throw fail(cursor, token, 'a number or a text in single quotes is expected here.');
}

/** A comma may stand after the last text: Python writes a tuple of one so. */
function parseList(cursor: Cursor): string[] {
  expectPunctuation(cursor, '(');
  const values: string[] = [];
  do {
    const token = take(cursor);
    if (token.kind !== 'text')
      throw fail(cursor, token, 'a text in single quotes is expected here.');
    values.push(token.text);
  } while (takePunctuation(cursor, ',') && !isPunctuation(peek(cursor), ')'));
  expectPunctuation(cursor, ')');
  return values;
}

function peek(cursor: Cursor): FilterToken {
  return cursor.tokens[cursor.next]!;
}

function take(cursor: Cursor): FilterToken {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.next++;
  return token;
}

function takeKeyword(cursor: Cursor, word: string): boolean {
  const token = peek(cursor);
  const isThere = token.kind === 'word' && token.text.toLowerCase() === word;
  if (isThere) cursor.next++;
  return isThere;
}

function takePunctuation(cursor: Cursor, sign: string): boolean {
  const isThere = isPunctuation(peek(cursor), sign);
  if (isThere) cursor.next++;
  return isThere;
}

function expectPunctuation(cursor: Cursor, sign: string): void {
  const token = peek(cursor);
  if (!takePunctuation(cursor, sign)) throw fail(cursor, token, `"${sign}" is expected here.`);
}

function isPunctuation(token: FilterToken, sign: string): boolean {
  return token.kind === 'punctuation' && token.text === sign;
}

function isKey(token: FilterToken): boolean {
  return token.kind === 'word' || token.kind === 'backticked' || token.isDoubleQuoted;
}

function isKeyPart(token: FilterToken): boolean {
  return token.kind === 'word' || token.kind === 'number' || isPunctuation(token, '.');
}

function fail(cursor: Cursor, token: FilterToken, problem: string): FilterInvalidError {
  return new FilterInvalidError(cursor.filter, token.start, problem);
}
