import { type Table, createTable } from '@gnu-mlops/core';
import { categoricalOrText } from './categorical-or-text.ts';
import { commonKind, concatColumns } from './concat-columns.ts';
import { PartsDifferError } from './parts-errors.ts';

/** A table, and what messages call it. */
export interface NamedTable {
  readonly name: string;
  readonly table: Table;
}

/**
 * The rows of all tables, in order; the columns in the order of the first.
 *
 * @throws {PartsDifferError} when a column is not in all of them, or of kinds that do not go together.
 */
export function concatTables(parts: readonly NamedTable[]): Table {
  const [first, ...others] = parts;
  if (first === undefined) return createTable([], 0);
  if (others.length === 0) return first.table;
  for (const part of others) checkColumns(part, first);
  const columns = [...first.table.columns.keys()].map((name) => {
    const all = parts.map(({ table }) => table.columns.get(name)!);
    const kind = commonKind(all);
    if (kind === undefined) throw kindsDiffer(parts, name);
    const column = concatColumns(all, kind);
    return [name, column.kind === 'categorical' ? categoricalOrText(column) : column] as const;
  });
  return createTable(columns);
}

function checkColumns(part: NamedTable, first: NamedTable): void {
  for (const [one, other] of [
    [part, first],
    [first, part],
  ] as const) {
    for (const column of other.table.columns.keys()) {
      if (!one.table.columns.has(column)) {
        throw new PartsDifferError(one.name, column, `it is missing, and "${other.name}" has it`);
      }
    }
  }
}

function kindsDiffer(parts: readonly NamedTable[], column: string): PartsDifferError {
  const kindOf = ({ table }: NamedTable) => table.columns.get(column)!.kind;
  const first = parts[0]!;
  const other = parts.find((part) => {
    const pair = [first, part].map(({ table }) => table.columns.get(column)!);
    return commonKind(pair) === undefined;
  });
  const odd = other ?? parts.at(-1)!;
  return new PartsDifferError(
    odd.name,
    column,
    `its cells are ${kindOf(odd)}, and those of "${first.name}" are ${kindOf(first)}`,
  );
}
