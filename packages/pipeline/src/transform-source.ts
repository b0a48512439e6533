import {
  type ColumnSpec,
  ColumnNotFoundError,
  type Table,
  columnNamed,
  createColumnBuilder,
  createTable,
  nearestName,
} from '@gnu-mlops/core';
import { type InferColumnsOptions, type TableSource, inferColumns } from '@gnu-mlops/data';
import { type Recipe, createTransformer, renumberRows } from '@gnu-mlops/preprocess';
import { checkCancelled } from './check-cancelled.ts';
import { openPlainSource } from './open-plain-source.ts';
import { type TableOutput, openOutput } from './table-output.ts';
import type { FileSource, OpenedSource } from './training-source.ts';

/** Rows to turn into features, and where these go. */
export interface TransformRequest {
  readonly source: FileSource | OpenedSource;
  readonly recipe: Recipe;
  /** Where to write; its ending tells the format. It appears as a whole or not at all. */
  readonly output: TableOutput;
  /** Columns of the source to put before the features as they are: the target, keys. Default: none. */
  readonly keep?: readonly string[];
}

/** What surrounds a transformation. */
export interface TransformContext {
  /** Rows that are held at a time; default 10,000, and fewer where there are many features. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
}

/** What was turned into features. */
export interface TransformedRows {
  readonly rowCount: number;
  /** Rows of the source that were left out because the caller asked for it. */
  readonly skippedRowCount: number;
}

/**
 * Turn the rows of a source into features and write them, in their order, whatever their number: CSV,
 * JSON lines, Parquet or Arrow. A missing feature is a missing cell.
 *
 * @throws {ColumnNotFoundError} of `@gnu-mlops/core` when a column to keep is not there;
 *   {ColumnDuplicateError} when it has the name of a feature.
 * @throws what reading, `createTransformer` of `@gnu-mlops/preprocess` and writing throw; nothing is
 *   written then.
 */
export async function transformSource(
  { source: from, recipe, output, keep = [] }: TransformRequest,
  { batchRows = suitableRows(recipe), signal }: TransformContext = {},
): Promise<TransformedRows> {
  const source = openPlainSource(from);
  const kept = await keptColumns(source, keep, { recipe, columnTypes: from.columnTypes, signal });
  const inputs = recipe.inputs.filter(({ name }) => !keep.includes(name));
  const signature = [...kept, ...inputs];
  const transform = createTransformer(recipe);
  const featuresOf = (table: Table) => {
    const { features, columns } = transform(table);
    return features.map(
      ({ name }, index) => [name, { kind: 'numeric', values: columns[index]! }] as const,
    );
  };
  const stream = await source.open({ signature, batchRows, signal });
  const writer = await openOutput(output).catch(async (error: unknown) => {
    await stream.close();
    throw error;
  });
  let rowCount = 0;
  try {
    for await (const { table } of stream) {
      checkCancelled(signal);
      const columns = keep.map((name) => [name, columnNamed(table, name)] as const);
      const before = rowCount;
      const inAllRows = (row: number) => before + row;
      const made = renumberRows(inAllRows, () => featuresOf(table));
      await writer.write(createTable([...columns, ...made], table.rowCount));
      rowCount += table.rowCount;
    }
    checkCancelled(signal);
    if (rowCount === 0) await writer.write(noRows(kept, recipe));
    await writer.commit();
  } finally {
    await writer.abort();
  }
  return { rowCount, skippedRowCount: stream.skippedRows.count };
}

/** One-hot columns of many categories take much more memory than the cells that they are made of. */
function suitableRows({ features }: Recipe): number {
  return Math.max(100, Math.min(10_000, Math.floor(mostCells / Math.max(features.length, 1))));
}

const mostCells = 500_000;

/** What is kept has the recipe's type where the recipe reads it too, else that of its cells. */
async function keptColumns(
  source: TableSource,
  keep: readonly string[],
  { recipe, ...options }: InferColumnsOptions & { readonly recipe: Recipe },
): Promise<ColumnSpec[]> {
  const specOf = new Map(recipe.inputs.map((spec) => [spec.name, spec]));
  if (keep.some((name) => !specOf.has(name))) {
    const { signature } = await inferColumns(source, options);
    for (const spec of signature) if (!specOf.has(spec.name)) specOf.set(spec.name, spec);
  }
  return keep.map((name) => {
    const spec = specOf.get(name);
    if (spec === undefined)
      throw new ColumnNotFoundError(name, nearestName(name, [...specOf.keys()]));
    return spec;
  });
}

function noRows(kept: readonly ColumnSpec[], { features }: Recipe): Table {
  return createTable([
    ...kept.map((spec) => [spec.name, createColumnBuilder(spec).finish()] as const),
    ...features.map(
      ({ name }) => [name, { kind: 'numeric', values: new Float64Array(0) }] as const,
    ),
  ]);
}
