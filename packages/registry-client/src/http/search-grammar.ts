import { nearestName } from '@gnu-mlops/core';
import { ValueInvalidError } from '../value-errors.ts';
import type { Page } from '../entities.ts';
import type { SearchRequest } from '../registry.ts';
import type { Query } from './http-client.ts';
import type { Comparison, Filter, FilterEntity } from '../search/filter.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { FilterInvalidError, OrderByInvalidError } from '../search-errors.ts';

/** What one kind of thing can be searched by, on any MLflow server. */
export interface SearchGrammar {
  readonly attributes: { readonly [name: string]: 'text' | 'number' };
  /** What else attributes are called, and their names. */
  readonly otherNames?: { readonly [name: string]: string };
  /** What else a condition may look at. */
  readonly entities: readonly FilterEntity[];
  /** What stands before an attribute: `attributes.` or nothing. */
  readonly attributePrefix: '' | 'attributes.';
  /** A name with both kinds of quotes: refused, or found among others like it by {@link onlyNamed}. */
  readonly quotedNames?: 'refused' | 'among others';
  readonly pageSize: { readonly usual: number; readonly most: number };
}

/** What registered models are searched by. */
export const modelGrammar: SearchGrammar = {
  attributes: { name: 'text', last_updated_timestamp: 'number' },
  entities: ['tag'],
  attributePrefix: '',
  quotedNames: 'among others',
  pageSize: { usual: 100, most: 1000 },
};

/** What versions are searched by. */
export const versionGrammar: SearchGrammar = {
  attributes: {
    name: 'text',
    version_number: 'number',
    run_id: 'text',
    source_path: 'text',
    creation_timestamp: 'number',
    last_updated_timestamp: 'number',
  },
  entities: ['tag'],
  attributePrefix: '',
  quotedNames: 'among others',
  pageSize: { usual: 10_000, most: 200_000 },
};

const NUMBER_OPERATORS = ['=', '!=', '<', '<=', '>', '>='];
const TEXT_OPERATORS = ['=', '!=', 'LIKE', 'ILIKE'];

/**
 * The fields of a search request, checked and in the form that every MLflow server reads.
 *
 * @throws {FilterInvalidError} also for OR, which MLflow's grammar does not have.
 * @throws {OrderByInvalidError | ValueInvalidError}
 */
export function formatSearch(
  { filter = '', orderBy = [], maxResults, pageToken }: SearchRequest,
  grammar: SearchGrammar,
): { readonly [field: string]: unknown } {
  const { usual, most } = grammar.pageSize;
  const limit = maxResults ?? usual;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > most) {
    throw new ValueInvalidError(
      'max_results',
      `must be a whole number from 1 to ${most}, not ${limit}.`,
    );
  }
  const tree = parseFilter(filter);
  return {
    max_results: limit,
    ...(tree === undefined ? {} : { filter: formatFilter(filter, tree, grammar) }),
    ...(orderBy.length === 0
      ? {}
      : { order_by: orderBy.map((text) => formatOrder(parseOrderBy(text), grammar)) }),
    ...(pageToken === undefined ? {} : { page_token: pageToken }),
  };
}

function formatFilter(text: string, filter: Filter, grammar: SearchGrammar): string {
  if (filter.kind !== 'comparison') {
    if (filter.kind === 'or') {
      throw new FilterInvalidError(text, 0, 'an MLflow server joins conditions by AND only.');
    }
    return filter.terms.map((term) => formatFilter(text, term, grammar)).join(' AND ');
  }
  const { entity, operator, value } = filter;
  checkComparison(text, filter, grammar);
  const left = formatKey(filter, grammar);
  if (value === null) return `${left} ${operator}`;
  const quote = (one: string) => quoteText(text, filter, one);
  if (typeof value === 'number') {
    const numeral = entity === 'attribute' ? formatWhole(value) : formatNumeral(value);
    return `${left} ${operator} ${numeral}`;
  }
  if (grammar.quotedNames === 'among others' && isQuotedName(filter)) {
    // Any one character stands for the quote, and for what escapes in some databases.
    return `${left} LIKE "${filter.value.replace(/["\\]/g, '_')}"`;
  }
  if (typeof value === 'string') return `${left} ${operator} ${quote(value)}`;
  return `${left} ${operator} (${value.map(quote).join(', ')})`;
}

/** @throws {FilterInvalidError} for a condition that nothing can meet. */
export function checkFilter(text: string, filter: Filter, grammar: SearchGrammar): void {
  if (filter.kind === 'comparison') checkComparison(text, filter, grammar);
  else for (const term of filter.terms) checkFilter(text, term, grammar);
}

function checkComparison(text: string, comparison: Comparison, grammar: SearchGrammar): void {
  const { entity, key, operator, value, position } = comparison;
  const refuse = (problem: string) => new FilterInvalidError(text, position, problem);
  const type = typeOf(comparison, grammar);
  if (type === undefined) {
    if (entity !== 'attribute') throw refuse(`${entity}s cannot be searched here.`);
    const nearest = nearestName(key, Object.keys(grammar.attributes));
    throw refuse(
      `there is no attribute "${key}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    );
  }
  if (value === null) {
    if (entity === 'param' || entity === 'tag') return;
    throw refuse('IS NULL and IS NOT NULL are for params and tags.');
  }
  if (Array.isArray(value)) {
    if (type === 'text' && (entity === 'attribute' || entity === 'dataset')) return;
    throw refuse('IN and NOT IN are for texts among attributes and datasets.');
  }
  const isNumber = typeof value === 'number';
  if (isNumber !== (type === 'number')) {
    throw refuse(`it compares with a ${type === 'number' ? 'number' : 'text in quotes'}.`);
  }
  const operators = type === 'number' ? NUMBER_OPERATORS : TEXT_OPERATORS;
  if (!operators.includes(operator)) {
    throw refuse(`a ${type} is compared by ${operators.join(', ')}, not by ${operator}.`);
  }
}

function typeOf(
  { entity, key }: Pick<Comparison, 'entity' | 'key'>,
  grammar: SearchGrammar,
): 'text' | 'number' | undefined {
  if (entity === 'attribute') {
    const name = attributeName(key, grammar);
    return Object.hasOwn(grammar.attributes, name) ? grammar.attributes[name] : undefined;
  }
  if (!grammar.entities.includes(entity)) return undefined;
  if (entity === 'dataset') return /^(name|digest|context)$/.test(key) ? 'text' : undefined;
  return entity === 'metric' ? 'number' : 'text';
}

function attributeName(key: string, { otherNames = {} }: SearchGrammar): string {
  return Object.hasOwn(otherNames, key) ? otherNames[key]! : key;
}

function formatKey(
  { entity, key }: Pick<Comparison, 'entity' | 'key'>,
  grammar: SearchGrammar,
): string {
  if (entity === 'attribute') return `${grammar.attributePrefix}${attributeName(key, grammar)}`;
  return entity === 'dataset' ? `datasets.${key}` : `${entity}s.\`${key}\``;
}

/** MLflow's grammar has neither a plus nor a word for infinity; what is too large for a number is it. */
function formatNumeral(value: number): string {
  return String(value).replace('Infinity', '1e999').replace('e+', 'e');
}

/** Times and versions are whole numbers of 64 bits in MLflow's databases, which fail beyond them. */
function formatWhole(value: number): string {
  if (value >= 2 ** 63) return String(2n ** 63n - 1n);
  if (value < -(2 ** 63)) return String(-(2n ** 63n));
  return Number.isInteger(value) ? String(BigInt(value)) : formatNumeral(value);
}

function isQuotedName(comparison: Comparison): comparison is Comparison & { value: string } {
  const { entity, key, operator, value } = comparison;
  if (entity !== 'attribute' || key !== 'name' || operator !== '=') return false;
  return typeof value === 'string' && value.includes("'") && value.includes('"');
}

/**
 * What a page holds that has the names which its filter asks for: a server was asked for names like
 * those that it has no way to read.
 */
export function onlyNamed<T extends { readonly name: string }>(
  page: Page<T>,
  { filter = '' }: SearchRequest,
): Page<T> {
  const names = quotedNames(parseFilter(filter));
  if (names.length === 0) return page;
  return { ...page, items: page.items.filter(({ name }) => names.every((one) => one === name)) };
}

function quotedNames(filter: Filter | undefined): readonly string[] {
  if (filter === undefined) return [];
  if (filter.kind !== 'comparison') return filter.terms.flatMap(quotedNames);
  return isQuotedName(filter) ? [filter.value] : [];
}

/** MLflow's grammar has no way to escape a quote, but two kinds of them. */
function quoteText(text: string, { position }: Comparison, value: string): string {
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('"')) return `"${value}"`;
  throw new FilterInvalidError(
    text,
    position,
    'an MLflow server reads no text that holds both kinds of quotes.',
  );
}

function formatOrder(term: OrderTerm, grammar: SearchGrammar): string {
  checkOrder(term, grammar);
  return `${formatKey(term, grammar)} ${term.direction}`;
}

/** @throws {OrderByInvalidError} for what there is no order by. */
export function checkOrder(term: OrderTerm, grammar: SearchGrammar): void {
  if (typeOf(term, grammar) === undefined || term.entity === 'dataset') {
    throw new OrderByInvalidError(
      term.text,
      `"${term.key}" is nothing to order by here. Attributes are ${Object.keys(grammar.attributes).join(', ')}.`,
    );
  }
}

/** The fields of a search as a query. */
export function asQuery(fields: { readonly [field: string]: unknown }): Query {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}
