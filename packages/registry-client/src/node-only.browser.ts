import type * as nodeOnly from './node-only.ts';
import { RegistryUriUnsupportedError } from './store-errors.ts';

/** The embedded store is a file. @throws {RegistryUriUnsupportedError} always. */
export const openSqliteRegistry: typeof nodeOnly.openSqliteRegistry = () => {
  throw new RegistryUriUnsupportedError('"sqlite"', 'a browser has no files to keep it in.');
};

/** Browsers trust what their user trusts. @throws {RegistryUriUnsupportedError} always. */
export const createNodeFetch: typeof nodeOnly.createNodeFetch = () => {
  throw new RegistryUriUnsupportedError(
    '"https"',
    'the option "tls" cannot be followed in a browser, which trusts the certificates of its user.',
  );
};
