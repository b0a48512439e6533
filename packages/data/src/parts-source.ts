import { type SkippedRowsTotal, addSkippedRows } from './add-skipped-rows.ts';
import { closable } from './closable.ts';
import { mergeColumns } from './inference/merge-columns.ts';
import { inferColumns } from './inference/infer-columns.ts';
import type { InferColumnsOptions, InferredColumns } from './inference/inferred-columns.ts';
import { concatTables } from './concat-tables.ts';
import type {
  CopiedSource,
  OpenTableOptions,
  TableChunk,
  TableSource,
  TableStream,
} from './table-source.ts';

/** Finds the parts of a table, at least one, in the order of their rows. */
export type ListParts = (signal: AbortSignal | undefined) => Promise<readonly TableSource[]>;

/** A table whose rows lie in several places, such as all objects under a prefix. */
export function partsSource(
  about: Pick<TableSource, 'name' | 'uri' | 'sourceType'>,
  listParts: ListParts,
): TableSource {
  return {
    ...about,
    async read(options = {}) {
      const parts = [];
      const all: SkippedRowsTotal = { count: 0, lines: [] };
      for (const part of await listParts(options.signal)) {
        const { table, skippedRows } = await part.read(options);
        parts.push({ name: part.uri, table });
        addSkippedRows(all, skippedRows);
      }
      return { table: concatTables(parts), skippedRows: all };
    },
    open: async (options) => openParts(await listParts(options.signal), options),
    inferColumns: async (options = {}) =>
      inferPartsColumns(await listParts(options.signal), options),
    copyHere: async (signal) => copyParts(about, await listParts(signal), signal),
  };
}

async function copyParts(
  about: Pick<TableSource, 'name' | 'uri' | 'sourceType'>,
  parts: readonly TableSource[],
  signal: AbortSignal | undefined,
): Promise<CopiedSource> {
  const copies: CopiedSource[] = [];
  const remove = async () => {
    for (const copy of copies) await copy.remove();
  };
  try {
    for (const part of parts) {
      const copy = await part.copyHere?.(signal);
      copies.push(copy ?? { source: part, remove: () => Promise.resolve() });
    }
    const isParquet = copies.every(({ parquet }) => parquet !== undefined);
    const sources = copies.map(({ source }) => source);
    return {
      source: partsSource(about, () => Promise.resolve(sources)),
      ...(isParquet && { parquet: copies.flatMap(({ parquet = [] }) => parquet) }),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function inferPartsColumns(
  parts: readonly TableSource[],
  options: InferColumnsOptions,
): Promise<InferredColumns> {
  const found = [];
  for (const part of parts) {
    found.push({ name: part.uri, ...(await inferColumns(part, options)) });
  }
  return mergeColumns(found);
}

async function openParts(
  parts: readonly TableSource[],
  options: OpenTableOptions,
): Promise<TableStream> {
  let current = await parts[0]!.open(options);
  const skippedRows: SkippedRowsTotal = { count: 0, lines: [] };

  async function* read(): AsyncGenerator<TableChunk> {
    let firstRow = 0;
    try {
      for (const [index, part] of parts.entries()) {
        if (index > 0) current = await part.open(options);
        for await (const chunk of current) {
          yield { ...chunk, firstRow };
          firstRow += chunk.table.rowCount;
        }
        addSkippedRows(skippedRows, current.skippedRows);
      }
    } finally {
      await current.close();
    }
  }
  return {
    header: current.header,
    skippedRows,
    ...closable(read, () => current.close(), options.signal),
  };
}
