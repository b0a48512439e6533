import type { DuckDBConnection } from '@duckdb/node-api';

const repeatedMs = 50;

/**
 * Stop what a connection does once the signal aborts. DuckDB forgets an interruption that comes just
 * before a query starts, so that it is repeated.
 *
 * @returns what ends the watch; call it before the connection is closed.
 */
export function interruptOnAbort(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => connection.interrupt();
  function start(): void {
    interrupt();
    timer = setInterval(interrupt, repeatedMs);
  }
  signal?.addEventListener('abort', start, { once: true });
  return () => {
    signal?.removeEventListener('abort', start);
    clearInterval(timer);
  };
}
