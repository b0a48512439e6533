import { type FileSourceOptions, fileSource } from './file-source.ts';
import type {
  OpenTableOptions,
  ReadTableOptions,
  TableRead,
  TableSource,
  TableStream,
} from './table-source.ts';

/**
 * Read a whole table: a file by its path, in the format that its ending or `options.format` says, or
 * any other source.
 *
 * @throws {FormatUnknownError}, and what the source's format throws, naming it.
 */
export async function readTable(
  source: string | TableSource,
  options: ReadTableOptions & FileSourceOptions = {},
): Promise<TableRead> {
  return sourceOf(source, options).read(options);
}

/** Read a table in chunks, with bounded memory; see {@link readTable}. */
export async function openTable(
  source: string | TableSource,
  options: OpenTableOptions & FileSourceOptions,
): Promise<TableStream> {
  return sourceOf(source, options).open(options);
}

function sourceOf(source: string | TableSource, options: FileSourceOptions): TableSource {
  return typeof source === 'string' ? fileSource(source, options) : source;
}
