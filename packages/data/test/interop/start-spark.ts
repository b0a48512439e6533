import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { thrift as driver } from '@databricks/sql';
import { makeCertificate } from '@gnu-mlops/test-kit';
import { thrift } from '../databricks/driver-modules.ts';
import { python } from './interop-python.ts';
import { freePort, stopProcess, until } from './start-moto.ts';

const types = driver.TCLIService_types;

/** Spark's own Thrift server, spoken to as a SQL warehouse is. */
export interface SparkServer {
  readonly host: string;
  readonly certificate: string;
  stop(): Promise<void>;
}

type Call = (request: Record<string, unknown>) => Promise<Record<string, unknown>>;
type Backend = Record<string, Call>;

/** Why Spark cannot run here; undefined where it can. */
export function whyNoJava(): string | undefined {
  const java = 'java';
  const { status } = spawnSync(java, ['-version'], { stdio: 'ignore' });
  return status === 0 ? undefined : `there is no ${java} on this machine`;
}

/**
 * Start Spark with its Thrift server, in a time zone that is not UTC, and before it a proxy that
 * speaks TLS and the driver's dialect: Spark's is older.
 */
export async function startSpark(): Promise<SparkServer> {
  const folder = mkdtempSync(join(tmpdir(), 'spark-'));
  const port = await freePort();
  const home = execFileSync(python!, ['-c', 'import pyspark; print(pyspark.__path__[0])'], {
    encoding: 'utf8',
  }).trim();
  const spark = spawn(join(home, 'bin', 'spark-submit'), sparkArguments(port, folder), {
    cwd: folder,
    env: { ...process.env, SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1' },
    stdio: 'ignore',
  });
  await until(async () => {
    // A connection that was refused once takes no other calls.
    const backend = connectBackend(port);
    const opened = await backend['OpenSession']!({ client_protocol: 9, configuration: {} });
    await backend['CloseSession']!({ sessionHandle: opened['sessionHandle'] });
    return true;
  }, spark);
  const proxy = await startProxy(connectBackend(port));
  return {
    ...proxy,
    async stop() {
      await proxy.stop();
      await stopProcess(spark);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function sparkArguments(port: number, folder: string): string[] {
  const settings = {
    'spark.ui.enabled': 'false',
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.driver.extraJavaOptions': `-Duser.timezone=America/New_York -Dderby.system.home=${folder}`,
    'spark.driver.memory': '1g',
    'spark.sql.shuffle.partitions': '1',
  };
  const hive = {
    'hive.server2.transport.mode': 'http',
    'hive.server2.thrift.http.port': String(port),
    'hive.server2.thrift.bind.host': '127.0.0.1',
  };
  return [
    ...['--class', 'org.apache.spark.sql.hive.thriftserver.HiveThriftServer2'],
    ...['--master', 'local[1]'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
    'spark-internal',
    ...Object.entries(hive).flatMap(([name, value]) => ['--hiveconf', `${name}=${value}`]),
  ];
}

function connectBackend(port: number): Backend {
  const connection = thrift.createHttpConnection('127.0.0.1', port, {
    path: '/cliservice',
    transport: thrift.TBufferedTransport,
    protocol: thrift.TBinaryProtocol,
    headers: { Authorization: `Basic ${Buffer.from('spark:spark').toString('base64')}` },
  });
  let fail: (error: unknown) => void = () => {};
  connection.on('error', (error) => fail(error));
  const client = thrift.createHttpClient(driver.TCLIService, connection) as Record<
    string,
    (request: unknown, done: (error: unknown, answer: Record<string, unknown>) => void) => void
  >;
  const call = (method: string, request: Record<string, unknown>) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      fail = reject;
      const Request = (types as unknown as Record<string, new (fields: unknown) => unknown>)[
        `T${method}Req`
      ]!;
      client[method]!(new Request(request), (error, answer) =>
        error ? reject(error as Error) : resolve(answer),
      );
    });
  const methods = [
    ...['OpenSession', 'CloseSession', 'ExecuteStatement', 'GetOperationStatus'],
    ...['GetResultSetMetadata', 'FetchResults', 'CancelOperation', 'CloseOperation'],
  ];
  return Object.fromEntries(
    methods.map((method) => [method, (request: Record<string, unknown>) => call(method, request)]),
  );
}

/** The calls that Spark knows otherwise, in the driver's dialect. */
function translate(backend: Backend): Backend {
  return {
    ...backend,
    async OpenSession({ configuration }) {
      const opened = await backend['OpenSession']!({ client_protocol: 9, configuration: {} });
      const { sessionHandle } = opened;
      const settings = configuration as Record<string, string>;
      for (const [name, value] of Object.entries(settings)) {
        await backend['ExecuteStatement']!({ sessionHandle, statement: `SET ${name}=${value}` });
      }
      return opened;
    },
    ExecuteStatement: ({ sessionHandle, statement, runAsync }) =>
      backend['ExecuteStatement']!({ sessionHandle, statement, runAsync }),
    FetchResults: ({ operationHandle, orientation, maxRows, fetchType }) =>
      backend['FetchResults']!({ operationHandle, orientation, maxRows, fetchType }),
    async GetResultSetMetadata(request) {
      const answer = await backend['GetResultSetMetadata']!(request);
      answer['resultFormat'] = types.TSparkRowSetType.COLUMN_BASED_SET;
      return answer;
    },
  };
}

async function startProxy(backend: Backend): Promise<SparkServer> {
  const { certificate, key } = makeCertificate();
  const handlers = Object.fromEntries(
    Object.entries(translate(backend)).map(([method, call]) => [
      method,
      (request: Record<string, unknown>, done: (error: unknown, answer?: unknown) => void) => {
        call(request).then((answer) => done(null, answer), done);
      },
    ]),
  );
  const processor = new driver.TCLIService.Processor(handlers as never) as unknown as {
    process(...protocols: object[]): void;
  };
  const server = createServer({ key, cert: certificate }, (request, response) => {
    void buffer(request).then((body) =>
      thrift.TBufferedTransport.receiver((input) => {
        const output = new thrift.TBufferedTransport(undefined, (bytes) => {
          response.writeHead(200, { 'content-type': 'application/x-thrift' }).end(bytes);
        });
        processor.process(new thrift.TBinaryProtocol(input), new thrift.TBinaryProtocol(output));
      })(body),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
