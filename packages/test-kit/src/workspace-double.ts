import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as the double saw it. */
export interface SeenCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly headers: IncomingMessage['headers'];
  /** The body as JSON; the number of bytes of any other. */
  readonly body: unknown;
}

/** What the double does instead of answering; `answer` lets it answer as usual. */
export type WorkspaceFault =
  | 'answer'
  | 'reset'
  | { readonly status: number; readonly json?: unknown; readonly headers?: Record<string, string> }
  | { readonly resetAfterBytes: number };

/** The REST API of a workspace in this process: files and tokens. */
export interface WorkspaceDouble {
  readonly host: string;
  /** Files of volumes by path, and of DBFS by `dbfs:` and path. */
  readonly files: Map<string, Buffer>;
  readonly calls: SeenCall[];
  onCall: (call: SeenCall, count: number) => WorkspaceFault;
  paths(): string[];
  close(): Promise<void>;
}

const refusals: Record<string, { status: number; json: object }> = {
  missing: {
    status: 404,
    json: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'No such file.' },
  },
  exists: { status: 400, json: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'It exists.' } },
  large: { status: 400, json: { error_code: 'MAX_BLOCK_SIZE_EXCEEDED', message: 'Too large.' } },
  unknown: { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE', message: 'Unknown.' } },
};
const pageEntries = 2;

/** Start a double on a free port of the loopback. It knows the tokens `good` and `fresh-1`, ... */
export async function startWorkspaceDouble(): Promise<WorkspaceDouble> {
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const handles = new Map<number, string>();
  let tokens = 0;
  const double: WorkspaceDouble = {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: new Map(),
    calls: [],
    onCall: () => 'answer',
    paths: () => double.calls.map(({ path }) => path),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const [path = '', search] = request.url!.split('?');
    const isJson = request.headers['content-type'] === 'application/json';
    const call: SeenCall = {
      method: request.method!,
      path: decodeURIComponent(path),
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: request.headers,
      body: isJson ? JSON.parse(bytes.toString()) : bytes,
    };
    double.calls.push(call);
    const count = double.calls.filter((each) => each.path === call.path).length;
    const fault = double.onCall(call, count);
    if (fault === 'reset') return void request.socket.destroy();
    if (fault !== 'answer' && 'status' in fault) {
      response.writeHead(fault.status, fault.headers);
      return void response.end(fault.json === undefined ? '' : JSON.stringify(fault.json));
    }
    if (call.path === '/oidc/v1/token') return answerToken(call, response);
    const isKnown = /^Bearer (good|fresh-\d+)$/.test(call.headers.authorization ?? '');
    if (!isKnown) {
      const json = { error_code: 'UNAUTHENTICATED', message: 'Invalid token.' };
      return send(response, { status: 401, json });
    }
    if (call.path.startsWith('/api/2.0/dbfs/')) return send(response, answerDbfs(call));
    answerVolume(call, response, fault);
  }

  function answerToken(call: SeenCall, response: ServerResponse): void {
    const form = String(call.body);
    const wanted = `Basic ${Buffer.from('client:hush').toString('base64')}`;
    const isGood =
      call.headers.authorization === wanted &&
      form === 'grant_type=client_credentials&scope=all-apis';
    const json = isGood
      ? { access_token: `fresh-${++tokens}`, token_type: 'Bearer', expires_in: 3600 }
      : { error: 'invalid_client', error_description: 'Client authentication failed.' };
    send(response, { status: isGood ? 200 : 401, json });
  }

  function answerDbfs({ method, path, query, body }: SeenCall): { status: number; json: object } {
    const command = `${method} ${path.split('/').at(-1)}`;
    const json = (body instanceof Uint8Array ? {} : body) as Record<string, never>;
    const wanted = `dbfs:${query['path'] ?? json['path']}`;
    const file = double.files.get(wanted);
    switch (command) {
      case 'GET get-status':
        if (file === undefined) return refusals['missing']!;
        return ok({ path: query['path'], is_dir: false, file_size: file.length });
      case 'GET read': {
        const [offset, length] = [Number(query['offset']), Number(query['length'])];
        if (length > 1024 * 1024) return refusals['large']!;
        const data = (file ?? Buffer.alloc(0)).subarray(offset, offset + length);
        return ok({ bytes_read: data.length, data: data.toString('base64') });
      }
      case 'GET list': {
        const prefix = `${wanted.replace(/\/$/, '')}/`;
        const files = [...double.files].filter(([name]) => name.startsWith(prefix));
        if (files.length === 0) return refusals['missing']!;
        return ok({
          files: files.map(([name, { length }]) => ({
            path: name.slice(5),
            is_dir: false,
            file_size: length,
          })),
        });
      }
      case 'POST put': {
        const form = formOf(body as Buffer);
        const name = `dbfs:${form.get('path')}`;
        if (double.files.has(name) && form.get('overwrite') !== 'true') return refusals['exists']!;
        double.files.set(name, Buffer.from(form.get('contents')!, 'latin1'));
        return ok({});
      }
      case 'POST create':
        handles.set(handles.size + 1, wanted);
        double.files.set(wanted, Buffer.alloc(0));
        return ok({ handle: handles.size });
      case 'POST add-block': {
        const name = handles.get(json['handle']!);
        const block = Buffer.from(json['data']!, 'base64');
        if (name === undefined) return refusals['unknown']!;
        if (block.length > 1024 * 1024) return refusals['large']!;
        double.files.set(name, Buffer.concat([double.files.get(name)!, block]));
        return ok({});
      }
      case 'POST close':
        return handles.delete(json['handle']!) ? ok({}) : refusals['missing']!;
      case 'POST delete':
        return double.files.delete(wanted) ? ok({}) : refusals['missing']!;
      case 'POST move': {
        const [from, to] = [`dbfs:${json['source_path']}`, `dbfs:${json['destination_path']}`];
        if (double.files.has(to)) return refusals['exists']!;
        double.files.set(to, double.files.get(from)!);
        double.files.delete(from);
        return ok({});
      }
      default:
        return refusals['unknown']!;
    }
  }

  function answerVolume(call: SeenCall, response: ServerResponse, fault: WorkspaceFault): void {
    const [, kind, name = ''] =
      /^\/api\/2\.0\/fs\/(files|directories)(\/.*)$/.exec(call.path) ?? [];
    const file = double.files.get(name);
    switch (`${call.method} ${kind}`) {
      case 'GET files': {
        if (file === undefined) return send(response, refusals['missing']!);
        const from = Number(/^bytes=(\d+)-$/.exec(call.headers.range ?? '')?.[1] ?? 0);
        const rest = file.subarray(from);
        response.writeHead(from > 0 ? 206 : 200, {
          'content-length': rest.length,
          'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
        });
        if (typeof fault !== 'object' || !('resetAfterBytes' in fault))
          return void response.end(rest);
        response.write(rest.subarray(0, fault.resetAfterBytes), () => {
          setTimeout(() => response.socket?.resetAndDestroy(), 20);
        });
        return;
      }
      case 'PUT files':
        if (call.query['overwrite'] !== 'true' && file !== undefined) {
          return send(response, refusals['exists']!);
        }
        double.files.set(name, call.body as Buffer);
        return void response.writeHead(204).end();
      case 'DELETE files':
        if (!double.files.delete(name)) return send(response, refusals['missing']!);
        return void response.writeHead(204).end();
      case 'GET directories': {
        const names = [...double.files.keys()].filter((each) => each.startsWith(`${name}/`)).sort();
        const from = Number(call.query['page_token'] ?? 0);
        const contents = names.slice(from, from + pageEntries).map((each) => ({
          path: each,
          is_directory: false,
          file_size: double.files.get(each)!.length,
        }));
        const next = from + pageEntries;
        const more = next < names.length ? { next_page_token: String(next) } : {};
        return send(response, { status: 200, json: { contents, ...more } });
      }
      default:
        return send(response, refusals['unknown']!);
    }
  }
  return double;
}

/** The fields of a multipart form; texts in UTF-8, files as one character a byte. */
function formOf(body: Buffer): Map<string, string> {
  const text = body.toString('latin1');
  const boundary = text.slice(0, text.indexOf('\r\n'));
  const parts = text.split(boundary).slice(1, -1);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\r\n\r\n');
      const head = part.slice(0, end);
      const content = part.slice(end + 4, -2);
      const isFile = head.includes('filename=');
      const value = isFile ? content : Buffer.from(content, 'latin1').toString();
      return [/name="([^"]*)"/.exec(head)![1]!, value];
    }),
  );
}

function ok(json: object): { status: number; json: object } {
  return { status: 200, json };
}

function send(response: ServerResponse, { status, json }: { status: number; json: object }): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
