import type { Registry } from './registry.ts';
import { parseRegistryUri } from './registry-uri.ts';

/** How to open a registry. */
export interface OpenRegistryOptions {
  /** The folder for artifacts; default: `mlartifacts` beside the database. */
  readonly artifactRoot?: string;
  /** Milliseconds since the epoch, for what the caller gives no time for; default: the clock. */
  readonly now?: () => number;
  /** Who runs belong to when `createRun` is not told; default `unknown`. */
  readonly userId?: string;
  /** How long a write waits for another process; default 10 s. */
  readonly busyTimeoutMs?: number;
}

/**
 * Open the registry at a URI, and make it when it is not there yet, its folder included.
 *
 * @param uri `sqlite:///relative.db` or `sqlite:////absolute.db`. Several processes may open the
 *   same file at once.
 * @throws {RegistryUriUnsupportedError} for any other URI.
 * @throws {StoreUnavailableError} when the file cannot be opened or is no database.
 * @throws {StoreForeignError} when it is a database of another program.
 * @throws {StoreVersionError} when a newer version of this package wrote it.
 */
export async function openRegistry(
  uri: string,
  options: OpenRegistryOptions = {},
): Promise<Registry> {
  const { path } = parseRegistryUri(uri);
  // Loaded late: it needs Node, and this package loads in browsers too.
  const { openSqliteRegistry } = await import('./sqlite/open-sqlite-registry.ts');
  return openSqliteRegistry(uri, path, options);
}
