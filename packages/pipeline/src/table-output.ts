import { type ByteSink, type TableWriter, openBytesWriter, openTableWriter } from '@gnu-mlops/data';

/** Where a table is written: a file of this machine by its path, or anything else that takes bytes. */
export type TableOutput = string | OpenedOutput;

/** A place for a table, such as an object of a bucket. */
export interface OpenedOutput {
  /** As messages call it; its ending tells the format. */
  readonly name: string;
  /** Start writing what nobody sees before it is committed. */
  open(): Promise<ByteSink>;
}

/** Start writing a table; see `openTableWriter` of `@gnu-mlops/data`. */
export async function openOutput(output: TableOutput): Promise<TableWriter> {
  if (typeof output === 'string') return openTableWriter(output);
  return openBytesWriter(await output.open(), output.name);
}
