import { expect, test } from 'vitest';
import { parseWorkspaceHost } from '../../src/databricks/workspace-host.ts';

test.each([
  ['dbc-1.cloud.databricks.com', 'https://dbc-1.cloud.databricks.com/'],
  ['https://dbc-1.cloud.databricks.com/?o=1', 'https://dbc-1.cloud.databricks.com/'],
  ['https://adb-1.2.azuredatabricks.net:8443/', 'https://adb-1.2.azuredatabricks.net:8443/'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/'],
])('reads %s', (host, expected) => {
  expect(parseWorkspaceHost(host).href).toBe(expected);
});

test.each([
  'http://dbc-1.cloud.databricks.com',
  'ftp://x',
  'https://',
  'a b',
  'https://u:hush@host',
])('throws DATA_DATABRICKS_NAME_INVALID for %s, and repeats no password', (host) => {
  expect(() => parseWorkspaceHost(host)).toThrow(
    expect.objectContaining({
      code: 'DATA_DATABRICKS_NAME_INVALID',
      message: expect.not.stringContaining('hush') as string,
    }),
  );
});
