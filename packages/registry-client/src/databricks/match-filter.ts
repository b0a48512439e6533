import type { Comparison, Filter } from '../search/filter.ts';
import { matchIlike, matchLike } from '../search/match-like.ts';

/** What a thing has under a condition's entity and key; undefined where it has nothing there. */
export type FilterSubject = (comparison: Comparison) => string | number | undefined;

/** Clients ask for what is no prompt by this tag; a thing without it is none. */
const ABSENT_TAG_DIFFERS = 'mlflow.prompt.is_prompt';

/** Whether a thing meets a filter, for services that do not search themselves. */
export function matchFilter(filter: Filter | undefined, subject: FilterSubject): boolean {
  if (filter === undefined) return true;
  if (filter.kind === 'comparison') return matchComparison(filter, subject(filter));
  const matches = (term: Filter) => matchFilter(term, subject);
  return filter.kind === 'and' ? filter.terms.every(matches) : filter.terms.some(matches);
}

function matchComparison(
  { entity, key, operator, value }: Comparison,
  found: string | number | undefined,
): boolean {
  if (operator === 'IS NULL') return found === undefined;
  if (operator === 'IS NOT NULL') return found !== undefined;
  if (found === undefined) {
    return operator === '!=' && entity === 'tag' && key === ABSENT_TAG_DIFFERS;
  }
  if (Array.isArray(value)) {
    return value.includes(String(found)) === (operator === 'IN');
  }
  if (operator === 'LIKE') return matchLike(String(found), String(value));
  if (operator === 'ILIKE') return matchIlike(String(found), String(value));
  if (operator === '=') return found === value;
  if (operator === '!=') return found !== value;
  const [a, b] = [Number(found), Number(value)];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}
