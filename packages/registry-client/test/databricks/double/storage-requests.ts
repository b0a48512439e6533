import { createHash } from 'node:crypto';
import type { CloudAnswer, CloudRequest } from './cloud/cloud-exchange.ts';
import { flushStaged } from './cloud/flush-staged.ts';
import { Refusal } from './refusal.ts';
import { STORAGE_HEADER, type Storage, type StorageSignature } from './storage.ts';

/** Answer a request to a signed address, as the cloud does that the storage is of. */
export function answerSigned(
  storage: Storage,
  request: CloudRequest,
  violate: (problem: string) => Refusal,
): CloudAnswer {
  const { method, url, headers, body } = request;
  if (headers['authorization'] !== undefined) throw violate('A cloud was sent a token.');
  if (headers[STORAGE_HEADER.name] !== STORAGE_HEADER.value) {
    throw violate('A signed address was used without its headers.');
  }
  if (headers['transfer-encoding'] !== undefined) {
    throw new Refusal(501, 'NotImplemented', 'A length is needed.');
  }
  const signature = storage.open(url.searchParams.get('X-Signature') ?? '');
  const isPatch = method === 'PATCH' && storage.type === 'AZURE_ADLS_GEN2_SAS_URI';
  if (signature === undefined || (signature.method !== method && !isPatch)) {
    throw new Refusal(403, 'AccessDenied', 'Request has expired');
  }
  const { path, uploadId = '', partNumber } = signature;
  if (method === 'GET') {
    const found = storage.files.get(path);
    if (found === undefined) throw new Refusal(404, 'NoSuchKey', 'There is no such key.');
    return { status: 200, body: found };
  }
  if (method === 'DELETE') {
    storage.uploads.delete(uploadId);
    return { status: 204 };
  }
  if (partNumber !== undefined) {
    const parts = storage.uploads.get(uploadId);
    if (parts === undefined) throw new Refusal(404, 'NoSuchUpload', 'There is no such upload.');
    parts.set(String(partNumber), body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  if (storage.type.startsWith('AZURE')) return answerAzure(storage, signature, request);
  storage.files.set(path, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

/** Names a part that was sent. */
export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function answerAzure(
  storage: Storage,
  { path }: StorageSignature,
  { method, url, headers, body }: CloudRequest,
): CloudAnswer {
  const query = url.searchParams;
  const comp = query.get('comp');
  const operation = [method, comp, query.get('resource'), query.get('action')]
    .filter((part) => part !== null)
    .join(' ');
  const blobHeaders = Object.keys(headers).filter((name) => name.startsWith('x-ms-blob-'));
  const isLake = storage.type === 'AZURE_ADLS_GEN2_SAS_URI';
  const allowed =
    isLake || comp === 'block'
      ? ['x-ms-blob-type'].filter(() => !isLake)
      : comp === 'blocklist'
        ? ['x-ms-blob-content-type']
        : ['x-ms-blob-type', 'x-ms-blob-content-type'];
  if (blobHeaders.some((name) => !allowed.includes(name))) {
    throw new Refusal(400, 'UnsupportedHeader', `One of ${blobHeaders.join()} is not supported.`);
  }
  const staged = storage.uploads.get(path) ?? new Map<string, Buffer>();
  switch (operation) {
    case 'PUT':
      if (headers['x-ms-blob-type'] !== 'BlockBlob') {
        throw new Refusal(400, 'MissingRequiredHeader', 'x-ms-blob-type is needed.');
      }
      storage.files.set(path, body);
      return { status: 201 };
    case 'PUT block':
      staged.set(query.get('blockid')!, body);
      storage.uploads.set(path, staged);
      return { status: 201 };
    case 'PUT blocklist': {
      const ids = [...body.toString().matchAll(/<Uncommitted>([^<]+)</g)].map(([, id]) => id!);
      if (ids.some((id) => !staged.has(id)) || new Set(ids.map((id) => id.length)).size !== 1) {
        throw new Refusal(400, 'InvalidBlockList', 'The block list is invalid.');
      }
      storage.files.set(path, Buffer.concat(ids.map((id) => staged.get(id)!)));
      storage.uploads.delete(path);
      return { status: 201 };
    }
    case 'PUT file':
      storage.files.set(path, Buffer.alloc(0));
      storage.uploads.set(path, new Map());
      return { status: 201 };
    case 'PATCH append':
      staged.set(query.get('position')!, body);
      return { status: 202 };
    case 'PATCH flush': {
      const pieces = new Map([...staged].map(([offset, piece]) => [Number(offset), piece]));
      const whole = flushStaged(pieces, Number(query.get('position')));
      if (whole === undefined) throw new Refusal(400, 'InvalidFlushPosition', 'Not all is there.');
      storage.files.set(path, whole);
      storage.uploads.delete(path);
      return { status: 200 };
    }
    default:
      throw new Refusal(400, 'InvalidQueryParameterValue', operation);
  }
}
