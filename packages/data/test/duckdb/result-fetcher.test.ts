import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { createResultFetcher } from '../../src/duckdb/result-fetcher.ts';

/** A connection whose fetches end when they are told to. */
function slowConnection() {
  const seen = { fetches: 0, interrupts: 0 };
  let answer: (chunk: unknown) => void = () => {};
  const connection = {
    interrupt: () => void seen.interrupts++,
    run: () => Promise.resolve(),
    stream: () =>
      Promise.resolve({
        fetchChunk() {
          seen.fetches++;
          return new Promise((resolve) => (answer = resolve));
        },
      }),
  };
  return {
    connection: connection as unknown as DuckDBConnection,
    seen,
    answer: (chunk: unknown) => answer(chunk),
  };
}

describe('createResultFetcher', () => {
  it('throws what goes wrong behind the first rows', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const fetcher = createResultFetcher(connection);
    const value = `CASE WHEN i < 400000 THEN i ELSE error('no more') END`;
    await fetcher.run(`SELECT ${value} AS v FROM range(600000) t(i)`);
    const reading = (async () => {
      while ((await fetcher.fetch()) !== undefined);
    })();
    await expect(reading).rejects.toThrow('no more');
    await fetcher.end();
    connection.closeSync();
    instance.closeSync();
  });

  it('gives all rows, then none', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const fetcher = createResultFetcher(connection);
    await fetcher.run('SELECT range AS i FROM range(5000)');
    let rows = 0;
    for (let chunk; (chunk = await fetcher.fetch()) !== undefined;) rows += chunk.rowCount;
    expect(rows).toBe(5000);
    expect(await fetcher.fetch()).toBeUndefined();
    await fetcher.end();
    connection.closeSync();
    instance.closeSync();
  });

  it('ends only when nothing is being fetched, and what was is nobody’s', async () => {
    const { connection, seen, answer } = slowConnection();
    const fetcher = createResultFetcher(connection);
    await fetcher.run('SELECT 1');
    const chunk = fetcher.fetch();
    let hasEnded = false;
    const ending = fetcher.end().then(() => (hasEnded = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect({ hasEnded, interrupted: seen.interrupts > 0 }).toEqual({
      hasEnded: false,
      interrupted: true,
    });

    answer({ rowCount: 7 });
    expect(await chunk).toBeUndefined();
    expect(seen.fetches).toBe(2);
    answer(null);
    await ending;
    expect(await fetcher.fetch()).toBeUndefined();
    expect(seen.fetches).toBe(2);
  });
});
