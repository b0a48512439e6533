import type { DuckDBConnection } from '@duckdb/node-api';

const repeatedMs = 50;

/**
 * Stop what a connection does, and whatever it begins. DuckDB forgets an interruption that comes just
 * before a query starts, so that it is repeated.
 *
 * @returns what ends that; call it before the connection is closed.
 */
export function interruptRepeatedly(connection: DuckDBConnection): () => void {
  const interrupt = () => connection.interrupt();
  interrupt();
  const timer = setInterval(interrupt, repeatedMs);
  return () => clearInterval(timer);
}

/**
 * Stop what a connection does once the signal aborts.
 *
 * @returns what ends the watch; call it before the connection is closed.
 */
export function interruptOnAbort(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
): () => void {
  let stop = () => {};
  function start(): void {
    stop = interruptRepeatedly(connection);
  }
  signal?.addEventListener('abort', start, { once: true });
  return () => {
    signal?.removeEventListener('abort', start);
    stop();
  };
}
