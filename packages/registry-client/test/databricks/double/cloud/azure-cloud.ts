import {
  type CloudAnswer,
  type CloudRequest,
  type CloudState,
  entriesBelow,
  grantProblem,
} from './cloud-exchange.ts';
import { flushStaged } from './flush-staged.ts';

/** What the container is like. */
export interface AzureCloud {
  readonly host: string;
  readonly container: string;
}

const PAGE = 2;
const sasFields = ['sv', 'sr', 'sdd', 'sp', 'se', 'skoid', 'sig'];
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  list: ['resource', 'recursive', 'directory', 'continuation'],
  create: ['resource'],
  append: ['action', 'position'],
  flush: ['action', 'position'],
  read: [],
  delete: [],
};

/** A container of Data Lake Storage Gen2, reached by shared access signatures alone. */
export function answerAzure(
  state: CloudState,
  { host, container }: AzureCloud,
  { method, url, headers, body }: CloudRequest,
): CloudAnswer {
  const query = url.searchParams;
  const [, givenContainer, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const path = rest.join('/');
  if (url.host !== host || givenContainer !== container) state.violate(`Azure: ${url.host}?`);
  if (headers['authorization'] !== undefined) state.violate('Azure: it has a header as well.');
  const operation = operationOf(method, query);
  if (operation === undefined) {
    state.violate(`Azure: no operation is ${method} ${url.search}.`);
    return refuse(400, 'InvalidQueryParameterValue');
  }
  for (const name of query.keys()) {
    const isKnown = sasFields.includes(name) || fieldsOf[operation]!.includes(name);
    if (!isKnown) state.violate(`Azure: ${operation} knows no ${name}.`);
    if (query.getAll(name).length > 1) state.violate(`Azure: ${name} is there twice.`);
  }
  if (sasFields.some((name) => !query.has(name))) state.violate('Azure: the SAS is not whole.');
  if (method !== 'GET' && method !== 'DELETE' && headers['content-length'] === undefined) {
    return refuse(411, 'MissingContentLengthHeader');
  }
  const isReading = operation === 'list' || operation === 'read';
  const key = operation === 'list' ? (query.get('directory') ?? '') : path;
  const asked = { key, writes: isReading ? 'no' : 'yes' } as const;
  if (grantProblem(state, query.get('sig') ?? '', asked) !== undefined) {
    return refuse(403, 'AuthenticationFailed');
  }
  const found = state.files.get(path);
  const staged = state.uploads.get(path);
  const position = Number(query.get('position'));
  switch (operation) {
    case 'list':
      return list(state, query);
    case 'read':
      if (found !== undefined) {
        return { status: 200, headers: { 'x-ms-resource-type': 'file' }, body: found };
      }
      return entriesBelow(state.files, `${path}/`).length > 0
        ? { status: 200, headers: { 'x-ms-resource-type': 'directory' } }
        : refuse(404, 'PathNotFound');
    case 'create':
      if (body.length > 0) state.violate('Azure: a file is made with a body.');
      state.files.set(path, Buffer.alloc(0));
      state.uploads.set(path, { key: path, parts: new Map() });
      return { status: 201 };
    case 'append':
      if (staged === undefined) return refuse(404, 'PathNotFound');
      staged.parts.set(position, body);
      return { status: 202 };
    case 'flush': {
      const whole = staged === undefined ? undefined : flushStaged(staged.parts, position);
      if (whole === undefined) return refuse(400, 'InvalidFlushPosition');
      state.files.set(path, whole);
      state.uploads.delete(path);
      return { status: 200 };
    }
    default:
      state.uploads.delete(path);
      return state.files.delete(path) ? { status: 200 } : refuse(404, 'PathNotFound');
  }
}

function operationOf(method: string, query: URLSearchParams): string | undefined {
  const [resource, action] = [query.get('resource'), query.get('action')];
  if (method === 'GET') return resource === 'filesystem' ? 'list' : 'read';
  if (method === 'PUT') return resource === 'file' ? 'create' : undefined;
  if (method === 'PATCH') return action === 'append' || action === 'flush' ? action : undefined;
  return method === 'DELETE' ? 'delete' : undefined;
}

function list(state: CloudState, query: URLSearchParams): CloudAnswer {
  if (query.get('recursive') !== 'false') state.violate('Azure: a listing must say how deep.');
  const directory = query.get('directory') ?? '';
  const file = state.files.get(directory);
  const all =
    file === undefined
      ? entriesBelow(state.files, `${directory}/`)
      : [{ key: directory, sizeBytes: file.length }];
  if (all.length === 0) return refuse(404, 'PathNotFound');
  const offset = Number(query.get('continuation')?.replace('at==', '') ?? '0');
  const paths = all
    .slice(offset, offset + PAGE)
    .map(({ key, sizeBytes }) =>
      sizeBytes === undefined
        ? { name: key.replace(/\/$/, ''), isDirectory: 'true', contentLength: '0' }
        : { name: key, contentLength: String(sizeBytes) },
    );
  const next = offset + PAGE;
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      ...(next < all.length ? { 'x-ms-continuation': `at==${next}` } : {}),
    },
    body: JSON.stringify({ paths }),
  };
}

function refuse(status: number, code: string): CloudAnswer {
  const body = JSON.stringify({ error: { code, message: `Not today.\nRequestId:1` } });
  return { status, headers: { 'content-type': 'application/json', 'x-ms-error-code': code }, body };
}
