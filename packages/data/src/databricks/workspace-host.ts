import { DatabricksNameError } from './databricks-errors.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The root of a workspace: `https://dbc-1234.cloud.databricks.com`, or the same without `https://`.
 * A token must not cross a network unencrypted, so that `http:` is taken for the loopback only.
 *
 * @throws {DatabricksNameError}
 */
export function parseWorkspaceHost(host: string): URL {
  const text = /^[a-z]+:\/\//i.test(host) ? host : `https://${host}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? 'it is no URL' : problemOf(url);
  if (problem !== undefined) {
    throw new DatabricksNameError(
      url?.username || url?.password ? '...' : host,
      problem,
      'Write the URL of the workspace, such as https://dbc-1234.cloud.databricks.com.',
    );
  }
  return new URL('/', url);
}

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'it names a user';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:' && loopback.test(url.hostname)) return undefined;
  return 'it is not encrypted';
}
