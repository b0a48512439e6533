import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import { interruptOnAbort } from './interrupt-on-abort.ts';
import type { DuckDb } from './open-duckdb.ts';
import { numberTexts } from './number-texts.ts';
import {
  type DuckRelation,
  chooseColumns,
  describeRelation,
  readRelation,
} from './read-relation.ts';
import { createResultFetcher } from './result-fetcher.ts';

/** Read a relation, and close the database with the reader, also where it cannot be started. */
export async function openRelationReader(
  db: DuckDb,
  relation: DuckRelation,
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const { connection } = db;
  const endWatch = interruptOnAbort(connection, signal);
  const fetcher = createResultFetcher(connection);
  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    endWatch();
    await fetcher.end();
    db.close();
  }
  const close = () => (closing ??= end());
  try {
    signal?.throwIfAborted();
    const all = await describeRelation(connection, relation);
    const chosen = await chooseColumns(connection, relation, { all, signature });
    const columns = relation.isStored ? await numberTexts(connection, relation, chosen) : chosen;
    return {
      header: all.map(({ name }) => name),
      readTables: (batchRows) => readRelation(fetcher, relation, { columns, batchRows, signal }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
