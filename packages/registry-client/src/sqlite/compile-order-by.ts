import type { DatasetName, DatasetOrder } from '../logged-model-requests.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { OrderByInvalidError } from '../search-errors.ts';
import type { SearchTarget } from './search-target.ts';
import type { OrderPart, SqlCondition } from './sql-condition.ts';

const MOST_TERMS = 100;

/**
 * Turn an order into expressions, the deciding one first and what decides between equals last. Rows
 * without the value come last either way, after those whose metric is NaN.
 *
 * @throws {OrderByInvalidError} also when an attribute is unknown.
 */
export function compileOrderBy(
  orderBy: readonly (string | DatasetOrder)[],
  target: SearchTarget,
): OrderPart[] {
  if (orderBy.length > MOST_TERMS) {
    throw new OrderByInvalidError(
      `${orderBy.length} criteria`,
      `an order has ${MOST_TERMS} at most.`,
    );
  }
  const parts = orderBy.flatMap((order) => compileTerm(order, target));
  const { defaultOrder, tieOrder = defaultOrder } = target;
  return [...parts, ...(parts.length === 0 ? defaultOrder : tieOrder)];
}

/** What follows ORDER BY. */
export function formatOrderBy(parts: readonly OrderPart[]): SqlCondition {
  return {
    sql: parts.map(({ sql, direction }) => `${sql} ${direction}`).join(', '),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function compileTerm(order: string | DatasetOrder, target: SearchTarget): OrderPart[] {
  const term = parseOrderBy(typeof order === 'string' ? order : order.orderBy);
  const { direction } = term;
  if (term.entity === 'attribute') {
    const column = attributeColumn(term, target);
    return [
      { sql: `${column} IS NULL`, parameters: [], direction: 'ASC' },
      { sql: column, parameters: [], direction },
    ];
  }
  const keyed = term.entity === 'dataset' ? undefined : target.keyed[term.entity];
  if (keyed === undefined) {
    throw new OrderByInvalidError(term.text, 'nothing here orders by this.');
  }
  const dataset = typeof order === 'string' ? ALL : datasetCondition(order);
  const latest = keyed.latestFirst === undefined ? '' : `ORDER BY ${keyed.latestFirst} LIMIT 1`;
  const { table, owner, where = ALL } = keyed;
  const join = owner.map((column) => `k.${column} = e.${column}`).join(' AND ');
  const from = `FROM ${table} k
    WHERE ${join} AND k.key = ? AND ${where.sql} AND ${dataset.sql} ${latest}`;
  const parameters = [term.key, ...where.parameters, ...dataset.parameters];
  return [
    { sql: `ifnull((SELECT k.value IS NULL ${from}), 2)`, parameters, direction: 'ASC' },
    { sql: `(SELECT k.value ${from})`, parameters, direction },
  ];
}

const ALL: SqlCondition = { sql: '1', parameters: [] };

function datasetCondition({ datasetName, datasetDigest }: DatasetName): SqlCondition {
  return datasetDigest === undefined
    ? { sql: 'k.dataset_name = ?', parameters: [datasetName] }
    : {
        sql: 'k.dataset_name = ? AND k.dataset_digest = ?',
        parameters: [datasetName, datasetDigest],
      };
}

function attributeColumn(term: OrderTerm, target: SearchTarget): string {
  const attribute = Object.hasOwn(target.attributes, term.key)
    ? target.attributes[term.key]
    : undefined;
  if (attribute !== undefined) return attribute.column;
  const known = Object.keys(target.attributes).join(', ');
  throw new OrderByInvalidError(
    term.text,
    `there is no attribute "${term.key}". There are: ${known}.`,
  );
}
