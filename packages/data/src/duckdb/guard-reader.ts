import type { TableReader } from '../table-reader.ts';

/** The same reader, whose tables fail with what `failure` makes of an error. */
export function guardReader(
  reader: TableReader,
  failure: (error: unknown) => unknown,
): TableReader {
  return {
    ...reader,
    async *readTables(batchRows) {
      try {
        yield* reader.readTables(batchRows);
      } catch (error) {
        throw failure(error);
      }
    },
  };
}
