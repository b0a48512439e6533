import { RegistryUriUnsupportedError } from './store-errors.ts';

/** Where a registry is kept. */
export type RegistryLocation = SqliteLocation | HttpLocation | DatabricksLocation;

export interface SqliteLocation {
  readonly kind: 'sqlite';
  /** Relative to the working directory, or absolute. */
  readonly path: string;
}

export interface HttpLocation {
  readonly kind: 'http';
  /** Address and prefix, without a slash at the end and without credentials. */
  readonly server: string;
  /** What stood before the host. */
  readonly credentials: { readonly username?: string; readonly password?: string };
}

export interface DatabricksLocation {
  readonly kind: 'databricks';
  /** Where models are registered: with the workspace, or in Unity Catalog. */
  readonly flavor: 'databricks' | 'databricks-uc';
  /** The profile of `.databrickscfg` that says which workspace; undefined: the usual one. */
  readonly profile?: string;
}

/**
 * Read a registry URI: `sqlite:///relative.db` or `sqlite:////absolute.db`, as SQLAlchemy and MLflow
 * write them; `sqlite:///C:/folder/file.db` on Windows; the address of an MLflow server; or
 * `databricks` or `databricks-uc`, with `://<profile>` after it or not.
 *
 * @throws {RegistryUriUnsupportedError} without repeating more than the scheme, as the rest may hold
 *   credentials.
 */
export function parseRegistryUri(uri: string): RegistryLocation {
  const databricks = /^(databricks(?:-uc)?)(?::\/\/(.*))?$/.exec(uri);
  if (databricks !== null) return parseDatabricks(databricks[1]!, databricks[2]);
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    throw new RegistryUriUnsupportedError(
      '(without a scheme)',
      `a file is named as "sqlite:///" and its path.`,
    );
  }
  if (scheme === 'http' || scheme === 'https') return parseServer(uri, scheme);
  if (scheme !== 'sqlite') {
    throw new RegistryUriUnsupportedError(`"${scheme}:..."`, `nothing here serves this scheme.`);
  }
  const path = /^sqlite:\/\/\/([^?]*)$/i.exec(uri)?.[1];
  if (path === undefined) {
    throw new RegistryUriUnsupportedError(
      '"sqlite:..."',
      'three slashes and the path of a file must follow, and no query.',
    );
  }
  if (path === '' || path === ':memory:' || path.includes('\0') || path.endsWith('/')) {
    throw new RegistryUriUnsupportedError('"sqlite:///..."', 'a path of a file must follow.');
  }
  return { kind: 'sqlite', path };
}

function parseDatabricks(flavor: string, profile: string | undefined): DatabricksLocation {
  const location = { kind: 'databricks', flavor: flavor as DatabricksLocation['flavor'] } as const;
  if (profile === undefined) return location;
  if (!/^[\w .-]+$/.test(profile)) {
    throw new RegistryUriUnsupportedError(
      `"${flavor}://..."`,
      'the name of a profile must follow, and nothing else; secret scopes are not read.',
    );
  }
  return { ...location, profile };
}

function parseServer(uri: string, scheme: string): HttpLocation {
  const refuse = (problem: string) => new RegistryUriUnsupportedError(`"${scheme}:..."`, problem);
  let url: URL;
  let credentials: HttpLocation['credentials'] = {};
  try {
    url = new URL(uri);
    if (url.username !== '') {
      const [username, password] = [url.username, url.password].map(decodeURIComponent);
      credentials = { username: username!, password: password! };
    }
  } catch {
    throw refuse('it is no address of a server.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw refuse('the address of a server has neither "?" nor "#".');
  }
  return { kind: 'http', server: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, credentials };
}
