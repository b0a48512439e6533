import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * What went wrong with a result whose rows came to an end; undefined: nothing. DuckDB hands out a result
 * that broke off as one that is at its end, but lets nothing more be done in its transaction. What it has
 * to say is heard where the query runs again as a whole.
 *
 * @param connection in the transaction that the result was fetched in; it is over where it went wrong.
 */
export async function findFailure(
  connection: DuckDBConnection,
  sql: string,
): Promise<Error | undefined> {
  try {
    await connection.run('SELECT 1');
    return undefined;
  } catch {
    await connection.run('ROLLBACK');
  }
  try {
    await connection.run(`SELECT max(hash(COLUMNS(*))) FROM (${sql})`);
  } catch (error) {
    return error as Error;
  }
  return new Error('its rows broke off, and it does not say why');
}
