import type { CategoricalColumn } from '@gnu-mlops/core';
import type { ByteSource } from '../byte-source.ts';
import type { CsvDialect } from '../csv-source.ts';
import { openCsvStream } from '../open-csv.ts';
import {
  type InferColumnsOptions,
  type InferredColumns,
  inferredColumns,
} from './inferred-columns.ts';
import { type TextTypeFinder, createTextTypeFinder } from './text-type-finder.ts';

const batchRows = 4096;

/** The columns of a file of CSV, in one pass over its rows that keeps none of them. */
export async function inferCsvColumns(
  origin: string | ByteSource,
  dialect: CsvDialect,
  options: InferColumnsOptions,
): Promise<InferredColumns> {
  const opening = { ...dialect, batchRows, signal: options.signal };
  const head = await openCsvStream(origin, { ...opening, signature: [] }, 'reused');
  await head.close();
  const signature = head.header.map((name) => ({ name, type: 'string', required: true }) as const);
  const finders = new Map(signature.map(({ name }) => [name, createTextTypeFinder()]));
  let rowCount = 0;
  for await (const { table } of await openCsvStream(origin, { ...opening, signature }, 'reused')) {
    rowCount += table.rowCount;
    for (const [name, column] of table.columns) {
      seeTexts(finders.get(name)!, column as CategoricalColumn);
    }
  }
  const source = typeof origin === 'string' ? origin : origin.name;
  return inferredColumns(finders, rowCount, { ...options, source });
}

/** Each text once: which ones there are decides, not how often. */
function seeTexts(finder: TextTypeFinder, { codes, dictionary }: CategoricalColumn): void {
  for (const text of dictionary) finder.see(text);
  if (codes.includes(-1)) finder.see(null);
}
