import type { CallOptions } from '../call-options.ts';
import type { ModelVersion, Page, RegisteredModel } from '../entities.ts';
import { ValueInvalidError } from '../value-errors.ts';
import { type SearchGrammar, checkOrder, checkFilter } from '../http/search-grammar.ts';
import { formatPageToken, parsePageToken } from '../page-token.ts';
import type { PageRequest, SearchRequest } from '../registry.ts';
import { FilterInvalidError } from '../search-errors.ts';
import type { Comparison, Filter } from '../search/filter.ts';
import { parseFilter } from '../search/parse-filter.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { matchFilter } from './match-filter.ts';

/** Lists and looks things up in Unity Catalog, which does neither filter nor order. */
export interface UnitySearcher<T> {
  readonly grammar: SearchGrammar;
  /** A page of everything that may match, without tags and aliases. */
  list(request: PageRequest & CallOptions): Promise<Page<T>>;
  /** The same thing with tags and aliases; undefined where it is gone meanwhile. */
  complete(item: T): Promise<T | undefined>;
  valueOf(item: T, comparison: Pick<Comparison, 'entity' | 'key'>): string | number | undefined;
  compare(a: T, b: T): number;
}

const LIST_PAGE = 1000;
const AT_ONCE = 8;

/**
 * Search by listing everything: conditions on tags, and what is given back, take one more request for
 * every candidate.
 *
 * @throws {FilterInvalidError | OrderByInvalidError | PageTokenInvalidError | ValueInvalidError}
 */
export async function searchUnity<T>(
  searcher: UnitySearcher<T>,
  { filter = '', orderBy = [], maxResults, pageToken }: SearchRequest,
  options: CallOptions,
): Promise<Page<T>> {
  const { grammar } = searcher;
  const limit = checkLimit(maxResults, grammar);
  const offset = parsePageToken(pageToken);
  const wanted = parseFilter(filter);
  if (wanted !== undefined) checkFilter(filter, wanted, grammar);
  const order = orderBy.map(parseOrderBy);
  for (const term of order) checkOrder(term, grammar);

  let candidates = await listAll(searcher, options);
  const needsTags = mentionsTags(wanted) || order.some(({ entity }) => entity === 'tag');
  if (needsTags) candidates = await completeAll(searcher, candidates);
  const matching = candidates
    .filter((item) => matchFilter(wanted, (comparison) => searcher.valueOf(item, comparison)))
    .sort((a, b) => compareBy(searcher, order, a, b));
  const chosen = matching.slice(offset, offset + limit);
  const items = needsTags ? chosen : await completeAll(searcher, chosen);
  const isLast = offset + limit >= matching.length;
  return isLast ? { items } : { items, nextPageToken: formatPageToken(offset + limit) };
}

/** What a model has under a condition. */
export function modelValue(
  model: RegisteredModel,
  { entity, key }: Pick<Comparison, 'entity' | 'key'>,
): string | number | undefined {
  if (entity === 'tag') return model.tags[key];
  return key === 'name' ? model.name : model.lastUpdatedTime;
}

/** What a version has under a condition. */
export function versionValue(
  version: ModelVersion,
  { entity, key }: Pick<Comparison, 'entity' | 'key'>,
): string | number | undefined {
  if (entity === 'tag') return version.tags[key];
  const values: Readonly<Record<string, string | number | undefined>> = {
    name: version.name,
    version_number: Number(version.version),
    run_id: version.runId,
    source_path: version.source,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
  };
  return values[key];
}

/**
 * The one model whose versions a filter asks for.
 *
 * @throws {FilterInvalidError} when it does not begin with one: Unity Catalog lists versions by model.
 */
export function modelOfFilter(text: string): string {
  const filter = parseFilter(text);
  const terms = filter?.kind === 'and' ? filter.terms : filter === undefined ? [] : [filter];
  for (const term of terms) {
    if (term.kind !== 'comparison' || term.entity !== 'attribute' || term.key !== 'name') continue;
    if (term.operator === '=' && typeof term.value === 'string') return term.value;
  }
  throw new FilterInvalidError(
    text,
    0,
    `Unity Catalog lists the versions of one model. Add "name = '<catalog>.<schema>.<model>'", joined by AND.`,
  );
}

function mentionsTags(filter: Filter | undefined): boolean {
  if (filter === undefined) return false;
  return filter.kind === 'comparison' ? filter.entity === 'tag' : filter.terms.some(mentionsTags);
}

function checkLimit(maxResults: number | undefined, { pageSize }: SearchGrammar): number {
  const limit = maxResults ?? pageSize.usual;
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= pageSize.most) return limit;
  throw new ValueInvalidError(
    'max_results',
    `must be a whole number from 1 to ${pageSize.most}, not ${limit}.`,
  );
}

async function listAll<T>(searcher: UnitySearcher<T>, options: CallOptions): Promise<T[]> {
  const found: T[] = [];
  let request: PageRequest = { maxResults: LIST_PAGE };
  for (;;) {
    const { items, nextPageToken } = await searcher.list({ ...request, ...options });
    found.push(...items);
    if (nextPageToken === undefined) return found;
    request = { maxResults: LIST_PAGE, pageToken: nextPageToken };
  }
}

async function completeAll<T>(searcher: UnitySearcher<T>, items: readonly T[]): Promise<T[]> {
  const whole: (T | undefined)[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE) {
    const some = items.slice(i, i + AT_ONCE).map((item) => searcher.complete(item));
    whole.push(...(await Promise.all(some)));
  }
  return whole.filter((item) => item !== undefined);
}

function compareBy<T>(searcher: UnitySearcher<T>, order: readonly OrderTerm[], a: T, b: T): number {
  for (const term of order) {
    const [x, y] = [searcher.valueOf(a, term), searcher.valueOf(b, term)];
    if (x === y) continue;
    // What has no value comes last, either way.
    if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
    return (x < y ? -1 : 1) * (term.direction === 'ASC' ? 1 : -1);
  }
  return searcher.compare(a, b);
}
