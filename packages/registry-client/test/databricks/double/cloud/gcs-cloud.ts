import {
  type CloudAnswer,
  type CloudRequest,
  type CloudState,
  entriesBelow,
  grantProblem,
} from './cloud-exchange.ts';

const HOST = 'storage.googleapis.com';
const PAGE = 2;
const CHUNK = 256 * 1024;

/** What the bucket is like. */
export interface GcsCloud {
  readonly bucket: string;
  /** Of every part that comes, so much is kept and the rest forgotten; default: all of it. */
  readonly keptOfParts?: number;
}

/** A bucket of Google Cloud Storage, by its JSON API. */
export function answerGcs(state: CloudState, cloud: GcsCloud, request: CloudRequest): CloudAnswer {
  const { method, url, headers, body } = request;
  const query = url.searchParams;
  if (url.host !== HOST) state.violate(`GCS: ${url.host}?`);
  const session = query.get('upload_id');
  if (session !== null) return answerSession(state, cloud, { session, request });
  const objects = `/storage/v1/b/${cloud.bucket}/o`;
  const isUpload = url.pathname === `/upload${objects}`;
  const object = url.pathname.startsWith(`${objects}/`)
    ? decodeURIComponent(url.pathname.slice(objects.length + 1))
    : undefined;
  const key = object ?? query.get('name') ?? (query.get('prefix') ?? '').replace(/\/$/, '');
  const token = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const problem = grantProblem(state, token, { key, writes: isUpload ? 'yes' : 'no' });
  if (problem === 'denied') return refuse(403, 'forbidden');
  if (problem !== undefined) return refuse(401, 'authError');

  if (isUpload && method === 'POST') {
    if (query.get('uploadType') === 'media') {
      state.files.set(key, body);
      return json({ name: key, size: String(body.length) });
    }
    if (query.get('uploadType') !== 'resumable') state.violate('GCS: an upload of no type.');
    const id = `session-${state.seen.length}`;
    state.uploads.set(id, { key, parts: new Map() });
    const location = `https://${HOST}/upload${objects}?uploadType=resumable&upload_id=${id}`;
    return { status: 200, headers: { location } };
  }
  if (method !== 'GET') {
    state.violate(`GCS: ${method} ${url.pathname} is not known.`);
    return refuse(405, 'methodNotAllowed');
  }
  if (object === undefined) return list(state, url, objects);
  if (query.get('alt') !== 'media') state.violate('GCS: only a description was asked for.');
  const found = state.files.get(object);
  return found === undefined ? refuse(404, 'notFound') : { status: 200, body: found };
}

function answerSession(
  state: CloudState,
  { keptOfParts = Infinity }: GcsCloud,
  { session, request }: { readonly session: string; readonly request: CloudRequest },
): CloudAnswer {
  const { method, headers, body } = request;
  if (headers['authorization'] !== undefined) state.violate('GCS: a session was sent a token.');
  const upload = state.uploads.get(session);
  if (upload === undefined) return refuse(410, 'gone');
  if (method === 'DELETE') {
    state.uploads.delete(session);
    return { status: 499 };
  }
  const range = /^bytes (\d+)-(\d+)\/(\*|\d+)$/.exec(headers['content-range'] ?? '');
  if (range === null) {
    state.violate(`GCS: no range is "${headers['content-range']}".`);
    return refuse(400, 'badRequest');
  }
  const [from, to, total] = [Number(range[1]), Number(range[2]), range[3]!];
  if (to - from + 1 !== body.length) state.violate('GCS: the range is not that of the body.');
  if (total === '*' && (to + 1) % CHUNK !== 0) return refuse(400, 'badRequest');
  const kept = Buffer.concat([...upload.parts.values()]);
  if (from > kept.length) return refuse(503, 'backendError');
  const isForgotten = keptOfParts < body.length;
  const news = body.subarray(kept.length - from, isForgotten ? keptOfParts : undefined);
  upload.parts.set(kept.length, news);
  const end = kept.length + news.length;
  if (String(end) === total) {
    state.files.set(upload.key, Buffer.concat([kept, news]));
    state.uploads.delete(session);
    return json({ name: upload.key, size: total });
  }
  const isWanted = headers['x-guploader-no-308'] === 'yes';
  return {
    status: isWanted ? 200 : 308,
    headers: {
      ...(end > 0 ? { range: `bytes=0-${end - 1}` } : {}),
      ...(isWanted ? { 'x-http-status-code-override': '308' } : {}),
    },
  };
}

function list(state: CloudState, url: URL, objects: string): CloudAnswer {
  const query = url.searchParams;
  if (url.pathname !== objects) state.violate(`GCS: nothing is at ${url.pathname}.`);
  for (const name of query.keys()) {
    const isKnown = ['delimiter', 'prefix', 'fields', 'pageToken'].includes(name);
    if (!isKnown) state.violate(`GCS: a listing knows no ${name}.`);
  }
  const offset = Number(query.get('pageToken') ?? '0');
  const all = entriesBelow(state.files, query.get('prefix') ?? '');
  const page = all.slice(offset, offset + PAGE);
  const next = offset + PAGE;
  const folders = page.filter(({ sizeBytes }) => sizeBytes === undefined);
  const files = page.filter(({ sizeBytes }) => sizeBytes !== undefined);
  return json({
    ...(folders.length > 0 ? { prefixes: folders.map(({ key }) => key) } : {}),
    ...(files.length > 0
      ? { items: files.map(({ key, sizeBytes }) => ({ name: key, size: String(sizeBytes) })) }
      : {}),
    ...(next < all.length ? { nextPageToken: String(next) } : {}),
  });
}

function json(value: object): CloudAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

function refuse(status: number, reason: string): CloudAnswer {
  const body = JSON.stringify({ error: { code: status, message: `Not today: ${reason}` } });
  return { status, headers: { 'content-type': 'application/json' }, body };
}
