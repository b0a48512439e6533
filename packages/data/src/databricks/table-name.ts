import { DatabricksNameError } from './databricks-errors.ts';

/** Where a table lies in Unity Catalog. */
export interface DatabricksTableName {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

const remedy =
  'Write catalog.schema.table; a part with other signs than letters, digits and underscores stands in backticks.';
const part = /`((?:[^`]|``)+)`|([\p{L}\p{N}_]+)/uy;

/**
 * Read `catalog.schema.table`; a part may stand in backticks, as in SQL.
 *
 * @param defaults what stands for parts that are left out from the front.
 * @throws {DatabricksNameError}
 */
export function parseTableName(
  text: string,
  defaults: { readonly catalog?: string; readonly schema?: string } = {},
): DatabricksTableName {
  const parts = splitName(text.trim());
  const [table, schema = defaults.schema, catalog = defaults.catalog, ...more] = parts.reverse();
  if (more.length > 0) throw new DatabricksNameError(text, 'it has more than three parts', remedy);
  if (table === undefined || schema === undefined || catalog === undefined) {
    throw new DatabricksNameError(text, 'its catalog or schema is left out', remedy);
  }
  return { catalog, schema, table };
}

/** A table's name as SQL text, every part in backticks. */
export function quoteTableName({ catalog, schema, table }: DatabricksTableName): string {
  return [catalog, schema, table].map(quoteIdentifier).join('.');
}

/** A name as SQL text, in backticks, whatever it holds. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function splitName(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; ; at++) {
    part.lastIndex = at;
    const match = part.exec(text);
    if (match === null) throw new DatabricksNameError(text, 'it is no name of a table', remedy);
    const [whole, quoted, plain] = match;
    parts.push(quoted === undefined ? plain! : quoted.replaceAll('``', '`'));
    at += whole.length;
    if (at === text.length) return parts;
    if (text[at] !== '.') throw new DatabricksNameError(text, 'it is no name of a table', remedy);
  }
}
