import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { findFailure } from './find-failure.ts';
import { interruptRepeatedly } from './interrupt-on-abort.ts';

/** Runs a query on a connection and fetches its rows, until there are no more or nobody wants them. */
export interface ResultFetcher {
  run(sql: string): Promise<void>;
  /**
   * The next rows. Undefined behind the last ones, and once it was ended.
   *
   * @throws what DuckDB says of rows that it cannot make.
   */
  fetch(): Promise<DuckDBDataChunk | undefined>;
  /**
   * Fetch nothing any more, and wait until nothing is being fetched: a connection that is closed under
   * its work takes the process with it. Rows that are left keep threads, files and memory until the
   * result is collected, so that it is brought to its end.
   */
  end(): Promise<void>;
}

/** Start with no query. */
export function createResultFetcher(connection: DuckDBConnection): ResultFetcher {
  let query = '';
  let result: DuckDBResult | undefined;
  let current: Promise<unknown> = Promise.resolve();
  let isEnded = false;

  async function start(sql: string): Promise<void> {
    query = sql;
    await connection.run('BEGIN TRANSACTION');
    result = await connection.stream(sql);
  }

  async function fetchNext(): Promise<DuckDBDataChunk | undefined> {
    let chunk: DuckDBDataChunk | null | undefined;
    try {
      chunk = await result?.fetchChunk();
    } finally {
      if (chunk == null || chunk.rowCount === 0) result = undefined;
    }
    return result && chunk!;
  }

  async function fetchWhole(): Promise<DuckDBDataChunk | undefined> {
    const chunk = await fetchNext();
    if (chunk !== undefined || isEnded) return chunk;
    const failure = await findFailure(connection, query);
    if (failure !== undefined) throw failure;
    return undefined;
  }

  async function doNext<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (isEnded) return undefined;
    const doing = work();
    current = doing.catch(() => {});
    try {
      const done = await doing;
      return isEnded ? undefined : done;
    } catch (error) {
      if (isEnded) return undefined;
      throw error;
    }
  }

  return {
    run: (sql) => doNext(() => start(sql)),
    fetch: () => doNext(fetchWhole),
    async end() {
      isEnded = true;
      const stop = interruptRepeatedly(connection);
      await current;
      while (result !== undefined) {
        connection.interrupt();
        await fetchNext().catch(() => {});
      }
      stop();
    },
  };
}
