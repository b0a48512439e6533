import { type SignatureType, type Table, signatureType } from '@gnu-mlops/core';
import { digestTable } from '../digest-table.ts';
import { type ColumnChange, describeChange } from './column-change.ts';
import { type RowMatches, matchRows } from './match-rows.ts';

/** How two tables are compared. */
export interface DiffOptions {
  /** Columns that tell every row from every other. With it rows are compared one by one. */
  readonly key?: readonly string[] | undefined;
}

/** A column and its type in a signature. */
export interface TypedName {
  readonly name: string;
  readonly type: SignatureType;
}

/** What changed from one table to another. */
export interface TableDiff {
  /** Whether both say the same: the same columns and the same rows, in whatever order. */
  readonly isEqual: boolean;
  readonly digest: { readonly before: string; readonly after: string };
  readonly rowCount: { readonly before: number; readonly after: number };
  readonly columns: {
    readonly added: readonly TypedName[];
    readonly removed: readonly TypedName[];
    readonly retyped: readonly {
      readonly name: string;
      readonly before: SignatureType;
      readonly after: SignatureType;
    }[];
  };
  /** Only with a key: rows by key, and those whose other cells differ. */
  readonly rows?: {
    readonly added: number;
    readonly removed: number;
    readonly common: number;
    readonly changed: number;
  };
  /** The columns that both have, in the order of the later table. */
  readonly changes: readonly ColumnChange[];
}

/**
 * What changed from one table to another: columns, rows, and what the cells of each column look like.
 *
 * @throws {ColumnNotFoundError} of core for a key that one of them does not have.
 * @throws {DataOptionError} for a key that several rows share.
 */
export function diffTables(before: Table, after: Table, { key }: DiffOptions = {}): TableDiff {
  const digest = { before: digestTable(before), after: digestTable(after) };
  const matches = key === undefined ? undefined : matchRows(before, after, key);
  const names = [...after.columns.keys()].filter((name) => before.columns.has(name));
  const changedRows = new Set<number>();
  const changes = names.map((name) =>
    describeChange({ name, before, after, matches, changedRows }),
  );
  return {
    isEqual: digest.before === digest.after,
    digest,
    rowCount: { before: before.rowCount, after: after.rowCount },
    columns: {
      added: typedNames(after, before),
      removed: typedNames(before, after),
      retyped: names.flatMap((name) => {
        const types = {
          before: signatureType(before.columns.get(name)!),
          after: signatureType(after.columns.get(name)!),
        };
        return types.before === types.after ? [] : [{ name, ...types }];
      }),
    },
    ...(matches !== undefined && { rows: countRows(matches, changedRows.size) }),
    changes,
  };
}

function countRows({ added, removed, common }: RowMatches, changed: number) {
  return { added, removed, common: common.before.length, changed };
}

/** The columns of a table that another does not have. */
function typedNames(table: Table, other: Table): TypedName[] {
  return [...table.columns].flatMap(([name, column]) =>
    other.columns.has(name) ? [] : [{ name, type: signatureType(column) }],
  );
}
