import { RegistryUriUnsupportedError } from '../store-errors.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The address of a workspace without anything after its host. A token must not cross a network
 * unencrypted, so that `http:` is taken for the loopback only.
 *
 * @throws {RegistryUriUnsupportedError} without repeating what may hold credentials.
 */
export function parseWorkspaceAddress(host: string): string {
  const text = /^[a-z]+:\/\//i.test(host) ? host : `https://${host}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? 'it is no address' : problemOf(url);
  if (url === undefined || problem !== undefined) {
    throw new RegistryUriUnsupportedError(
      '"databricks" with this host',
      `${problem}. Write the address of the workspace, such as https://dbc-1234.cloud.databricks.com.`,
    );
  }
  return url.origin;
}

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'the host names a user';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && loopback.test(url.hostname)) return undefined;
  return 'the host is not encrypted';
}
