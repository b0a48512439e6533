import { type ColumnSpec, type SignatureType, nearestName } from '@gnu-mlops/core';
import { ColumnMissingError } from '../errors.ts';

/** The columns of a source as reading all of it would find them, and how many rows there are. */
export interface InferredColumns {
  /** All required. A column of whole numbers is `double` where a cell is missing. */
  readonly signature: readonly ColumnSpec[];
  readonly rowCount: number;
  /** Columns without any value: they are `double`, and may be anything. */
  readonly emptyColumns: readonly string[];
  /** Columns that are `double` for no other reason than that a cell of whole numbers is missing. */
  readonly wholeColumns: readonly string[];
}

/** How columns are found out. */
export interface InferColumnsOptions {
  /** Types of some columns, which are then not found out. */
  readonly columnTypes?: Readonly<Record<string, SignatureType>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the type of one column, of which the cells come by and are not kept. */
export interface TypeFinder {
  find(): SignatureType;
  hasValue(): boolean;
  /** Whether it is a column of whole numbers, of which some may be missing. Left out: it is not known. */
  isWhole?(): boolean;
}

/**
 * What was found out, but for the types that somebody has named.
 *
 * @throws {ColumnMissingError} for a type of a column that is not there.
 */
export function inferredColumns(
  finders: ReadonlyMap<string, TypeFinder>,
  rowCount: number,
  { columnTypes = {}, source }: InferColumnsOptions & { readonly source: string },
): InferredColumns {
  for (const name of Object.keys(columnTypes)) {
    if (!finders.has(name)) {
      throw new ColumnMissingError(source, name, nearestName(name, [...finders.keys()]));
    }
  }
  const isNamed = (name: string) => Object.hasOwn(columnTypes, name);
  const signature = Array.from(finders, ([name, finder]) => {
    const type = isNamed(name) ? columnTypes[name]! : finder.find();
    return { name, type, required: true };
  });
  const found = Array.from(finders).filter(([name]) => !isNamed(name));
  const namesOf = (is: (finder: TypeFinder) => boolean) =>
    found.filter(([, finder]) => is(finder)).map(([name]) => name);
  return {
    signature,
    rowCount,
    emptyColumns: namesOf((finder) => !finder.hasValue()),
    wholeColumns: namesOf((finder) => finder.isWhole?.() === true && finder.find() === 'double'),
  };
}
