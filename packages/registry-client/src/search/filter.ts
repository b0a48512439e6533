/** What a condition looks at. */
export type FilterEntity = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** How a condition compares. */
export type FilterOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

/** One condition of a filter, such as `metrics.f1 > 0.8`. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly entity: FilterEntity;
  readonly key: string;
  readonly operator: FilterOperator;
  /** A list after IN and NOT IN; null after IS NULL and IS NOT NULL. */
  readonly value: string | number | readonly string[] | null;
  /** Where it begins in the text: 0-based, in UTF-16 units. */
  readonly position: number;
}

/** A parsed filter. */
export type Filter =
  Comparison | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] };

/** MLflow's words for what a condition looks at. */
const entityOfWord: ReadonlyMap<string, FilterEntity> = new Map([
  ['attribute', 'attribute'],
  ['attributes', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['param', 'param'],
  ['params', 'param'],
  ['parameter', 'param'],
  ['parameters', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['dataset', 'dataset'],
  ['datasets', 'dataset'],
]);

/** What a word such as `metrics` stands for; undefined for any other word. */
export function filterEntityOf(word: string): FilterEntity | undefined {
  return entityOfWord.get(word);
}

/** The words that may stand before the dot. */
export const FILTER_ENTITY_WORDS: readonly string[] = [...entityOfWord.keys()];
