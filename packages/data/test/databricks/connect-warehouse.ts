import type { Warehouse } from '../../src/databricks/open-statement.ts';
import { openDatabricksWorkspace } from '../../src/databricks/open-workspace.ts';
import { HTTP_PATH, type WarehouseDouble } from './warehouse-double.ts';

/** How to connect; a test's own where it says so. */
interface Connection extends Pick<Warehouse, 'fetchRows'> {
  readonly token?: string;
  readonly maxAttempts?: number;
  readonly timeoutMs?: number;
}

/** A warehouse in a workspace, both of the double. */
export function connectWarehouse(
  { host, certificate }: WarehouseDouble,
  { token = 'good', maxAttempts = 3, timeoutMs = 60_000, ...options }: Connection = {},
): Warehouse {
  return {
    workspace: openDatabricksWorkspace({ host, credentials: { token }, maxAttempts, timeoutMs }),
    httpPath: HTTP_PATH,
    caCertificate: certificate,
    ...options,
  };
}
