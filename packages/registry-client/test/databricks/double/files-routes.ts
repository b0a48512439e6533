import { type DoubleRequest, type DoubleRoutes, text } from './double-route.ts';
import { Refusal, missing } from './refusal.ts';
import type { Storage } from './storage.ts';

/** The Files API, and addresses that it signs: files of the models of Unity Catalog. */
export function filesRoutes(storage: Storage): DoubleRoutes {
  const pathOf = (request: DoubleRequest) => text(request, 'path').replace(/^\/|\/$/g, '');
  const existing = (request: DoubleRequest): Buffer => {
    const bytes = storage.files.get(pathOf(request));
    if (bytes === undefined) throw new Refusal(404, 'NOT_FOUND', 'The file does not exist.');
    return bytes;
  };
  return {
    'PUT /api/2.0/fs/files/{*path}': (request) => {
      const isTaken = storage.files.has(pathOf(request));
      if (isTaken && request.fields['overwrite'] !== true) {
        throw new Refusal(409, 'ALREADY_EXISTS', 'The file exists.');
      }
      storage.files.set(pathOf(request), request.bytes);
      return {};
    },
    'GET /api/2.0/fs/files/{*path}': existing,
    'GET /api/2.0/fs/directories/{*path}': (request) => {
      const found = storage.list(pathOf(request));
      if (found.length === 0) throw new Refusal(404, 'NOT_FOUND', 'No such directory.');
      const offset = Number(text(request, 'page_token') || '0');
      const next = offset + 2;
      return {
        contents: found.slice(offset, next).map(({ path, sizeBytes }) => ({
          path: `/${path}`,
          name: path.split('/').at(-1),
          is_directory: sizeBytes === undefined,
          ...(sizeBytes === undefined ? {} : { file_size: sizeBytes }),
        })),
        ...(next < found.length ? { next_page_token: String(next) } : {}),
      };
    },
    'POST /api/2.0/fs/create-upload-url': (request) => storage.sign(pathOf(request), 'PUT'),
    'POST /api/2.0/fs/create-download-url': (request) => {
      if (!storage.files.has(pathOf(request))) throw missing('The file');
      return storage.sign(pathOf(request), 'GET');
    },
  };
}
