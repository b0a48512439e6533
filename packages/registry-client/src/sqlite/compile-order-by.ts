import type { SQLInputValue } from 'node:sqlite';
import type { DatasetName, DatasetOrder } from '../logged-model-requests.ts';
import { type OrderTerm, parseOrderBy } from '../search/parse-order-by.ts';
import { OrderByInvalidError } from '../search-errors.ts';
import type { SearchTarget } from './search-target.ts';
import type { SqlCondition } from './sql-condition.ts';

/**
 * Turn an order into what follows ORDER BY. Rows without the value come last either way, after
 * those whose metric is NaN.
 *
 * @throws {OrderByInvalidError} also when an attribute is unknown.
 */
export function compileOrderBy(
  orderBy: readonly (string | DatasetOrder)[],
  target: SearchTarget,
): SqlCondition {
  const parts: string[] = [];
  const parameters: SQLInputValue[] = [];
  for (const order of orderBy) {
    const term = parseOrderBy(typeof order === 'string' ? order : order.orderBy);
    if (term.entity === 'attribute') {
      const column = attributeColumn(term, target);
      parts.push(`${column} IS NULL`, `${column} ${term.direction}`);
      continue;
    }
    const keyed = term.entity === 'dataset' ? undefined : target.keyed[term.entity];
    if (keyed === undefined)
      throw new OrderByInvalidError(term.text, 'nothing here orders by this.');
    const dataset = typeof order === 'string' ? ALL : datasetCondition(order);
    const latest = keyed.latestFirst === undefined ? '' : `ORDER BY ${keyed.latestFirst} LIMIT 1`;
    const from = `FROM ${keyed.table} k WHERE ${keyed.join} AND k.key = ? AND ${dataset.sql} ${latest}`;
    parts.push(
      `ifnull((SELECT k.value IS NULL ${from}), 2)`,
      `(SELECT k.value ${from}) ${term.direction}`,
    );
    const values = [...(keyed.parameters ?? []), term.key, ...dataset.parameters];
    parameters.push(...values, ...values);
  }
  return { sql: [...parts, target.defaultOrder].join(', '), parameters };
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
