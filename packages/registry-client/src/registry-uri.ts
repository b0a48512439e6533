import { RegistryUriUnsupportedError } from './store-errors.ts';

/** Where a registry is kept. */
export type RegistryLocation = SqliteLocation | HttpLocation;

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

/**
 * Read a registry URI: `sqlite:///relative.db` or `sqlite:////absolute.db`, as SQLAlchemy and MLflow
 * write them; `sqlite:///C:/folder/file.db` on Windows; or the address of an MLflow server.
 *
 * @throws {RegistryUriUnsupportedError} without repeating more than the scheme, as the rest may hold
 *   credentials.
 */
export function parseRegistryUri(uri: string): RegistryLocation {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]+):/.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const isSimple = /^databricks(-uc)?$/.test(uri);
    throw new RegistryUriUnsupportedError(
      isSimple ? `"${uri}"` : '(without a scheme)',
      isSimple ? 'nothing here serves it.' : `a file is named as "sqlite:///" and its path.`,
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
