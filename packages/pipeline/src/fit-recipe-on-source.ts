import {
  type Column,
  type ColumnSpec,
  ColumnNotFoundError,
  type Table,
  type Task,
  createTable,
  nearestName,
} from '@gnu-mlops/core';
import { inferColumns, sampleRows } from '@gnu-mlops/data';
import {
  type FittedFromChunks,
  type RecipeSpec,
  defaultRecipeSpec,
  fitRecipeFromChunks,
} from '@gnu-mlops/preprocess';
import { parseExpressions } from '@gnu-mlops/preprocess/expressions';
import { openPlainSource } from './open-plain-source.ts';
import type { FileSource, OpenedSource } from './training-source.ts';

/** What a recipe is learnt from, and which. */
export interface FitRecipeRequest {
  readonly source: FileSource | OpenedSource;
  /** The column to predict: nothing is learnt about it, and some steps learn from it. */
  readonly target?: string;
  /** What is predicted; default: as `inferTask` of `@gnu-mlops/preprocess` says. */
  readonly task?: Task;
  /** The columns to learn about; default: all but the target. */
  readonly features?: readonly string[];
  /** The steps, or the family of algorithms whose default recipe is meant. */
  readonly recipe: RecipeSpec | { readonly for: 'trees' | 'linear' };
}

/** What surrounds the fitting of a recipe. */
export interface FitRecipeContext {
  /** Rows that are held at a time; default 4,096. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
}

/** What was learnt, and from how many rows. */
export interface FittedOnSource extends FittedFromChunks {
  /** Rows of the source that were left out because the caller asked for it. */
  readonly skippedRowCount: number;
}

const sampledRows = 50_000;

/**
 * Learn a recipe from rows that need not fit in memory. They are read once for their types, which all
 * cells decide; once for a sample, evenly from all of them, that tells texts from categories and that a
 * default recipe is made for; and then as often as `fitRecipeFromChunks` of `@gnu-mlops/preprocess`
 * wants, whose limits and exactness these are.
 *
 * @throws {ColumnNotFoundError} of `@gnu-mlops/core` when the target or a feature is not there.
 * @throws what reading the source and `fitRecipeFromChunks` throw.
 */
export async function fitRecipeOnSource(
  request: FitRecipeRequest,
  context: FitRecipeContext = {},
): Promise<FittedOnSource> {
  const { source: from, target, task, recipe } = request;
  const { batchRows = 4096, signal } = context;
  const source = openPlainSource(from);
  const found = await inferColumns(source, { columnTypes: from.columnTypes, signal });
  const { rowCount } = found;
  const signature = chooseColumns(found.signature, request);
  const sample = await sampleRows(source, { signature, rowCount, mostRows: sampledRows, signal });
  const spec =
    'for' in recipe
      ? defaultRecipeSpec(sample, { ...recipe, ...(target !== undefined && { target }) })
      : await parseExpressions(recipe);
  let skippedRowCount = 0;
  async function* readChunks(): AsyncGenerator<Table> {
    const stream = await source.open({ signature, batchRows, signal });
    for await (const { table } of stream) yield textsOf(table, sample);
    skippedRowCount = stream.skippedRows.count;
  }
  const fitted = await fitRecipeFromChunks(readChunks, spec, {
    ...(target !== undefined && { target }),
    ...(task && { task }),
    ...(signal && { signal }),
  });
  return { ...fitted, skippedRowCount };
}

function chooseColumns(
  all: readonly ColumnSpec[],
  { target, features }: FitRecipeRequest,
): readonly ColumnSpec[] {
  const names = all.map(({ name }) => name);
  const wanted = new Set([...(features ?? names), ...(target === undefined ? [] : [target])]);
  for (const name of wanted) {
    if (!names.includes(name)) throw new ColumnNotFoundError(name, nearestName(name, names));
  }
  return all.filter(({ name }) => wanted.has(name));
}

/** The table with texts where its sample has them. */
function textsOf(table: Table, sample: Table): Table {
  return createTable(
    Array.from(table.columns, ([name, column]) => {
      const isText = sample.columns.get(name)?.kind === 'text';
      return [name, isText ? textOf(column) : column] as const;
    }),
    table.rowCount,
  );
}

function textOf(column: Column): Column {
  if (column.kind !== 'categorical') return column;
  const { codes, dictionary } = column;
  return { kind: 'text', values: Array.from(codes, (code) => dictionary[code] ?? null) };
}
