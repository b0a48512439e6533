import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { thrift as driver } from '@databricks/sql';
import { makeCertificate } from '@gnu-mlops/test-kit';
import { Int64, thrift } from './driver-modules.ts';

const types = driver.TCLIService_types;

/** A column of a result, in the protocol's words. */
export interface DoubleColumn {
  readonly name: string;
  readonly type: keyof typeof types.TTypeId;
  readonly precision?: number;
  readonly scale?: number;
}

/** What a query answers: pages of rows, each as the protocol carries it. */
export interface DoubleResult {
  readonly columns: readonly DoubleColumn[];
  readonly format: 'ARROW_BASED_SET' | 'COLUMN_BASED_SET' | 'URL_BASED_SET';
  /** Whether rows in Arrow are packed. */
  readonly isPacked?: boolean;
  /** Arrow's schema message, where rows come in Arrow. */
  readonly arrowSchema?: Buffer;
  readonly pages: readonly DoublePage[];
  /** Makes a page anew each time it is fetched. */
  readonly remakePage?: (index: number) => DoublePage;
}

/** Some rows of a result, in one of the protocol's forms. */
export interface DoublePage {
  readonly columns?: readonly {
    readonly [type: string]: { readonly values: readonly unknown[] };
  }[];
  readonly arrowBatches?: readonly { readonly batch: Buffer; readonly rowCount: object }[];
  readonly resultLinks?: readonly { readonly rowCount: object }[];
}

/** What the double does instead of answering; `answer` lets it answer as usual. */
export type WarehouseFault =
  | 'answer'
  | 'reset'
  | 'stall'
  /** The call is carried out, and its answer gets lost: the client is told to come again. */
  | 'lose'
  | { readonly status: number; readonly headers?: Record<string, string> };

/** A SQL warehouse in this process, built on the driver's own Thrift processor. */
export interface WarehouseDouble {
  readonly host: string;
  readonly certificate: string;
  /** The methods called, in order, with their requests. */
  readonly calls: { readonly method: string; readonly request: Record<string, unknown> }[];
  /** Authorization headers, in order. */
  readonly authorizations: (string | undefined)[];
  /** What lies in the storage that links point to, by path. */
  readonly stored: Map<string, Buffer>;
  /** Requests to the storage, in order. */
  readonly downloads: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Asked for every request to the storage. */
  onDownload: (path: string, count: number) => WarehouseFault;
  /** Paths of requests that were neither Thrift nor to the storage. */
  readonly otherPaths: string[];
  /** Answers a statement; a text is the error that it fails with. */
  onStatement: (
    sql: string,
  ) => DoubleResult | { readonly error: string; readonly sqlState?: string };
  /** Asked for every call, in order. */
  onCall: (method: string, count: number) => WarehouseFault;
  /** How often the status says that a query still runs. */
  runningPolls: number;
  /** Whether a fetch may say which row it wants; else it gets what is next. */
  takesRowOffsets: boolean;
  /** Whether a fetch fails for good, as of a query that the server has forgotten. */
  fetchError: (request: Record<string, unknown>) => boolean;
  methods(): string[];
  close(): Promise<void>;
}

export const HTTP_PATH = '/sql/1.0/warehouses/abc';
const { certificate, key } = makeCertificate();
const success = { statusCode: types.TStatusCode.SUCCESS_STATUS };

/** A handle; the driver takes a UUID of version 4 alone. */
function handleOf(id: number): object {
  const hex = `0000000000004000800000000000000${id}`;
  return { guid: Buffer.from(hex, 'hex'), secret: Buffer.alloc(16, id) };
}

/** Start a double on a free port of the loopback. */
export async function startWarehouseDouble(): Promise<WarehouseDouble> {
  const server = createServer({ key, cert: certificate }, (request, response) => {
    void handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const double: WarehouseDouble = {
    host: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    calls: [],
    authorizations: [],
    otherPaths: [],
    stored: new Map(),
    downloads: [],
    onDownload: () => 'answer',
    onStatement: () => ({ error: 'no statement is expected' }),
    onCall: () => 'answer',
    runningPolls: 0,
    takesRowOffsets: true,
    fetchError: () => false,
    methods: () => double.calls.map(({ method }) => method),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  let result: ReturnType<WarehouseDouble['onStatement']> | undefined;
  let page = 0;
  let polls = 0;

  const answers: Record<string, (request: Record<string, unknown>) => object> = {
    OpenSession: () => ({
      status: success,
      serverProtocolVersion: types.TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V8,
      sessionHandle: { sessionId: handleOf(1) },
    }),
    ExecuteStatement: ({ statement }) => {
      result = double.onStatement(String(statement));
      page = 0;
      polls = 0;
      return {
        status: success,
        operationHandle: { operationId: handleOf(2), operationType: 0, hasResultSet: true },
      };
    },
    GetOperationStatus: () => {
      const isRunning = polls++ < double.runningPolls;
      const state = isRunning
        ? 'RUNNING_STATE'
        : 'error' in result!
          ? 'ERROR_STATE'
          : 'FINISHED_STATE';
      const failure = 'error' in result! && {
        errorMessage: result.error,
        ...(result.sqlState && { sqlState: result.sqlState }),
      };
      return {
        status: success,
        operationState: types.TOperationState[state],
        hasResultSet: true,
        ...(failure || {}),
      };
    },
    GetResultSetMetadata: () => {
      const { columns, format, arrowSchema, isPacked = false } = result as DoubleResult;
      return {
        status: success,
        schema: { columns: columns.map(describeColumn) },
        resultFormat: types.TSparkRowSetType[format],
        lz4Compressed: isPacked,
        ...(arrowSchema && { arrowSchema }),
      };
    },
    FetchResults: (request) => {
      if (double.fetchError(request)) {
        const errorMessage = 'Invalid OperationHandle';
        return { status: { statusCode: types.TStatusCode.ERROR_STATUS, errorMessage } };
      }
      const { startRowOffset } = request;
      const { pages, remakePage } = result as DoubleResult;
      const firstRows = [0];
      for (const [index, each] of pages.entries()) {
        firstRows.push(firstRows[index]! + countRows(each));
      }
      if (startRowOffset && double.takesRowOffsets) {
        page = firstRows.indexOf(Number(startRowOffset));
        if (page < 0) throw new Error(`no page begins at row ${String(startRowOffset)}`);
      }
      const first = new Int64(firstRows[page] ?? 0);
      const rows = (page < pages.length && remakePage?.(page)) || (pages[page] ?? {});
      page++;
      return {
        status: success,
        hasMoreRows: page < pages.length,
        results: new types.TRowSet({
          startRowOffset: first as never,
          rows: [],
          ...(rows as object),
        }),
      };
    },
    CancelOperation: () => ({ status: success }),
    CloseOperation: () => ({ status: success }),
    CloseSession: () => ({ status: success }),
  };

  function answerDownload(
    { url, headers }: IncomingMessage,
    response: ServerResponse,
    content: Buffer,
  ): void {
    double.downloads.push({ path: url!, headers });
    const count = double.downloads.filter(({ path }) => path === url).length;
    const fault = double.onDownload(url!, count);
    if (fault === 'stall' || fault === 'lose') return;
    if (fault === 'reset') return void response.socket?.destroy();
    if (fault !== 'answer') return void response.writeHead(fault.status, fault.headers).end();
    const sent = double.stored.get(url!) ?? content;
    response.writeHead(200, { 'content-length': sent.length }).end(sent);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const stored = double.stored.get(request.url!);
    if (stored !== undefined) return answerDownload(request, response, stored);
    if (request.url !== HTTP_PATH) {
      double.otherPaths.push(request.url!);
      return void response.writeHead(404).end();
    }
    double.authorizations.push(request.headers.authorization);
    if (request.headers.authorization !== 'Bearer good') {
      return void response
        .writeHead(403, { 'x-thriftserver-error-message': 'Invalid token' })
        .end();
    }
    const processor = new driver.TCLIService.Processor(
      Object.fromEntries(
        Object.entries(answers).map(([method, answer]) => [
          method,
          (call: Record<string, unknown>, done: (error: unknown, answer: object) => void) => {
            double.calls.push({ method, request: call });
            const count = double.methods().filter((each) => each === method).length;
            const fault = double.onCall(method, count);
            if (fault === 'stall') return;
            if (fault === 'reset') return void response.socket?.destroy();
            if (fault === 'lose') {
              answer(call);
              return void response.writeHead(503).end();
            }
            if (fault !== 'answer') {
              return void response.writeHead(fault.status, fault.headers).end();
            }
            done(null, answer(call));
          },
        ]),
      ) as never,
    );
    thrift.TBufferedTransport.receiver((input) => {
      const output = new thrift.TBufferedTransport(undefined, (bytes: Buffer) => {
        response.writeHead(200, { 'content-type': 'application/x-thrift' }).end(bytes);
      });
      const protocols = [input, output].map((transport) => new thrift.TBinaryProtocol(transport));
      (processor as unknown as { process(...protocols: unknown[]): void }).process(...protocols);
    })(body);
  }
  return double;
}

function countRows({ columns, arrowBatches, resultLinks }: DoublePage): number {
  if (columns?.[0] !== undefined) return Object.values(columns[0])[0]!.values.length;
  const counts = [...(arrowBatches ?? []), ...(resultLinks ?? [])];
  return counts.reduce((sum, { rowCount }) => sum + Number(rowCount), 0);
}

function describeColumn({ name, type, precision, scale }: DoubleColumn, index: number): object {
  const qualifiers = {
    ...(precision !== undefined && { precision: { i32Value: precision } }),
    ...(scale !== undefined && { scale: { i32Value: scale } }),
  };
  return {
    columnName: name,
    position: index + 1,
    typeDesc: {
      types: [{ primitiveEntry: { type: types.TTypeId[type], typeQualifiers: { qualifiers } } }],
    },
  };
}
