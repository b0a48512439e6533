import { RegistryUriUnsupportedError } from './store-errors.ts';

/** Where a registry is kept. */
export interface RegistryLocation {
  readonly kind: 'sqlite';
  /** Relative to the working directory, or absolute. */
  readonly path: string;
}

/**
 * Read a registry URI: `sqlite:///relative.db` or `sqlite:////absolute.db`, as SQLAlchemy and MLflow
 * write them; `sqlite:///C:/folder/file.db` on Windows.
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
