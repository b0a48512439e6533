import { setTimeout as wait } from 'node:timers/promises';
import type * as driverTypes from '@databricks/sql';
import { importOptional } from '../import-optional.ts';
import { retryDelayMs } from '../retry-delay.ts';
import { limitAgentSilence } from './limit-agent-silence.ts';
import type { DatabricksWorkspace } from './open-workspace.ts';
import { type DriverSchema, type SqlColumn, sqlColumns } from './sql-column.ts';
import { sqlFailure } from './sql-failure.ts';
import { untilAborted } from './until-aborted.ts';

type Driver = typeof driverTypes;
type Session = Awaited<ReturnType<driverTypes.DBSQLClient['openSession']>>;

/** A query on its way. */
export type Operation = Awaited<ReturnType<Session['executeStatement']>>;

/** A SQL warehouse, or a cluster, that runs queries. */
export interface Warehouse {
  readonly workspace: DatabricksWorkspace;
  /** Such as `/sql/1.0/warehouses/abc123`. */
  readonly httpPath: string;
  /** Certificate of a private authority to trust besides the public ones, as PEM. */
  readonly caCertificate?: string;
  /**
   * Whether large results may come from the cloud's storage instead of the warehouse (CloudFetch),
   * which is faster. Links to it that expire are renewed; where it is out of reach before any row was
   * handed out, the warehouse is asked for all of them. Default `allowed`.
   */
  readonly cloudFetch?: 'allowed' | 'off';
  /** Rows that are asked for at a time; default 50,000. */
  readonly fetchRows?: number;
}

/** A query to run, and what surrounds it. */
export interface StatementRequest {
  readonly sql: string;
  /** What errors call it. */
  readonly subject: string;
  readonly signal: AbortSignal | undefined;
}

/** A query that has run; its rows wait on the server. */
export interface Statement {
  readonly operation: Operation;
  readonly columns: readonly SqlColumn[];
  /** End session and connection; the server forgets the query. Throws nothing. */
  close(): Promise<void>;
}

const closingMs = 5000;

/**
 * Run a query and wait until its rows are there. Where the server turns it away or the connection
 * breaks or is silent, all is tried again: reading twice harms nobody. The time that a query runs is no
 * silence, as the driver asks ten times a second how far it is. An abort cancels the query on the server.
 *
 * @throws {PackageMissingError} when `@databricks/sql` is not installed.
 */
export async function openStatement(
  warehouse: Warehouse,
  request: StatementRequest,
): Promise<Statement> {
  const driver = await importOptional(
    '@databricks/sql',
    'Reading tables of Databricks',
    () => import('@databricks/sql'),
  );
  const { maxAttempts, now } = warehouse.workspace;
  const { subject, signal } = request;
  for (let failures = 1; ; failures++) {
    try {
      return await runStatement(driver, warehouse, request);
    } catch (thrown) {
      signal?.throwIfAborted();
      const { kind, error, retryAfter } = sqlFailure(thrown, subject);
      if (kind === 'final' || failures >= maxAttempts) throw error;
      const delayMs = retryDelayMs(failures, { header: retryAfter, now: now() });
      await wait(delayMs, undefined, { ...(signal && { signal }) });
    }
  }
}

async function runStatement(
  driver: Driver,
  warehouse: Warehouse,
  { sql, signal }: StatementRequest,
): Promise<Statement> {
  // The driver's own logger writes to the console.
  const client = new driver.DBSQLClient({ logger: { log: () => {} } });
  let session: Session | undefined;
  let operation: Operation | undefined;
  let hangUp = () => {};
  const cancel = () => void operation?.cancel().catch(() => {});

  async function close(): Promise<void> {
    signal?.removeEventListener('abort', cancel);
    const closing = (async () => {
      await operation?.close().catch(() => {});
      await session?.close().catch(() => {});
      await client.close().catch(() => {});
    })();
    await Promise.race([closing, wait(closingMs, undefined, { ref: false })]);
    hangUp();
  }

  try {
    signal?.throwIfAborted();
    await untilAborted(client.connect(connectionOptions(warehouse)), signal);
    const agent = await (await client.getConnectionProvider()).getAgent();
    if (agent !== undefined) hangUp = limitAgentSilence(agent, warehouse.workspace.timeoutMs);
    const opening = client.openSession({
      // Texts of times, where the server sends texts, are in the session's zone.
      configuration: { 'spark.sql.session.timeZone': 'UTC' },
    });
    opening.then((opened) => (session = opened)).catch(() => {});
    session = await untilAborted(opening, signal);
    const executing = session.executeStatement(sql, {
      maxRows: warehouse.fetchRows ?? 50_000,
      useCloudFetch: warehouse.cloudFetch !== 'off',
    });
    executing.then((started) => (operation = started)).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    operation = await untilAborted(executing, signal);
    await untilAborted(operation.finished(), signal);
    const schema = (await untilAborted(operation.getSchema(), signal)) as DriverSchema | null;
    return { operation, columns: sqlColumns(schema), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function connectionOptions({ workspace, httpPath, caCertificate }: Warehouse) {
  const { hostname, port } = workspace.host;
  return {
    host: hostname,
    ...(port !== '' && { port: Number(port) }),
    path: httpPath,
    authType: 'custom' as const,
    provider: {
      authenticate: async () => ({ Authorization: `Bearer ${await workspace.accessToken()}` }),
    },
    ...(caCertificate !== undefined && { customCaCert: caCertificate }),
    userAgentEntry: 'gnu-mlops',
    telemetryEnabled: false,
    // Of downloads from the cloud's storage; all else is tried again here.
    retryMaxAttempts: 3,
    retryDelayMin: 100,
    preserveBigNumericPrecision: true,
  };
}
