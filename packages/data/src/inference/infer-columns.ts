import { countMissing, signatureInputs } from '@gnu-mlops/core';
import { type FileSourceOptions, fileSource } from '../file-source.ts';
import type { TableSource } from '../table-source.ts';
import type { InferColumnsOptions, InferredColumns } from './inferred-columns.ts';

/**
 * Find out the columns and types of a table that need not fit in memory: those that `readTable` would
 * find, as all cells decide and none is kept. With them as signature `openTable` reads the same rows in
 * chunks.
 *
 * A source that cannot do this, as it is none of this package, is read whole.
 *
 * @throws what reading the source throws.
 */
export async function inferColumns(
  source: string | TableSource,
  options: InferColumnsOptions & FileSourceOptions = {},
): Promise<InferredColumns> {
  const opened = typeof source === 'string' ? fileSource(source, options) : source;
  if (opened.inferColumns !== undefined) return opened.inferColumns(options);
  const { table } = await opened.read(options);
  const emptyColumns = Array.from(table.columns)
    .filter(([, column]) => countMissing(column) === table.rowCount)
    .map(([name]) => name);
  const signature = signatureInputs(table);
  const wholeColumns = signature
    .filter(({ name, type }) => type === 'double' && table.columns.get(name)!.kind === 'integer')
    .map(({ name }) => name);
  return { signature, rowCount: table.rowCount, emptyColumns, wholeColumns };
}
