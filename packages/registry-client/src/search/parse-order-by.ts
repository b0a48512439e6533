import { OrderByInvalidError } from '../search-errors.ts';
import { type FilterEntity, FILTER_ENTITY_WORDS, filterEntityOf } from './filter.ts';

/** One criterion of an order. */
export interface OrderTerm {
  readonly entity: FilterEntity;
  readonly key: string;
  readonly direction: 'ASC' | 'DESC';
  /** As it was given, for messages. */
  readonly text: string;
}

const grammar =
  /^\s*(?:`?([a-z]+)`?\.)?(?:`([^`]+)`|"([^"]+)"|([\p{L}\p{N}_][\p{L}\p{N}_.\-/:]*))(?:\s+(asc|desc))?\s*$/iu;

/**
 * Read one criterion such as `metrics.f1 DESC` or ``params.`learning rate` ``; ascending when it does
 * not say.
 *
 * @throws {OrderByInvalidError}
 */
export function parseOrderBy(text: string): OrderTerm {
  const match = grammar.exec(text);
  if (match === null) {
    throw new OrderByInvalidError(
      text,
      'write a key, and ASC or DESC after it: "metrics.f1 DESC".',
    );
  }
  const [, word, backticked, quoted, plain, direction] = match;
  const entity = word === undefined ? 'attribute' : filterEntityOf(word);
  if (entity === undefined) {
    throw new OrderByInvalidError(text, `"${word}" is none of ${FILTER_ENTITY_WORDS.join(', ')}.`);
  }
  return {
    entity,
    key: (backticked ?? quoted ?? plain)!,
    direction: direction?.toUpperCase() === 'DESC' ? 'DESC' : 'ASC',
    text,
  };
}
