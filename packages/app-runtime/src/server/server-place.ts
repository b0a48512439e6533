import { dirname, join, resolve } from 'node:path';
import { absoluteRegistryUri } from '../open-configured-registry.ts';

/** Which registry a server serves, and where it keeps its own files. */
export interface ServerPlace {
  /** A file's path in it is absolute. */
  readonly registryUri: string;
  readonly tokensPath: string;
  readonly auditFolder: string;
}

/** What may be said about a server's place; relative paths start at `cwd`. */
export interface ServerPlaceOptions {
  readonly registry: string;
  /** Default: `gnu-mlops-server` beside the database, or in `cwd`. */
  readonly state?: string | undefined;
  readonly cwd: string;
}

/** The place of a server. */
export function serverPlace({ registry, state, cwd }: ServerPlaceOptions): ServerPlace {
  const registryUri = absoluteRegistryUri(registry, cwd);
  const path = databasePath(registryUri);
  const beside = path === undefined ? '.' : dirname(path);
  const folder = resolve(cwd, state ?? join(beside, 'gnu-mlops-server'));
  return {
    registryUri,
    tokensPath: join(folder, 'tokens.jsonl'),
    auditFolder: join(folder, 'audit'),
  };
}

/** The file of an embedded registry. */
export function databasePath(registryUri: string): string | undefined {
  return /^sqlite:\/\/\/(.+)$/i.exec(registryUri)?.[1];
}
