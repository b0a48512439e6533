import type { Registry } from '../../../src/registry.ts';
import { type DoubleRequest, type DoubleRoutes, text } from './double-route.ts';
import { invalid, missing } from './refusal.ts';
import { etagOf } from './storage-requests.ts';
import type { Storage } from './storage.ts';

const API = '/api/2.0/mlflow';

/** Artifacts of runs and logged models: listed by the service, kept in a cloud's storage. */
export function artifactRoutes(store: Registry, storage: Storage): DoubleRoutes {
  const runFolder = async (request: DoubleRequest) =>
    `runs/${(await store.getRun(text(request, 'run_id'))).runId}`;
  const modelFolder = async (request: DoubleRequest) =>
    `logged/${(await store.getLoggedModel(text(request, 'model_id'))).modelId}`;

  const list = (root: string, folder: string) => {
    const full = folder === '' ? root : `${root}/${folder}`;
    const isFile = storage.files.get(full);
    const found =
      isFile === undefined ? storage.list(full) : [{ path: full, sizeBytes: isFile.length }];
    const files = found.map(({ path, sizeBytes }) => ({
      path: path.slice(root.length + 1),
      is_dir: sizeBytes === undefined,
      ...(sizeBytes === undefined ? {} : { file_size: sizeBytes }),
    }));
    return { root_uri: `dbfs:/databricks/mlflow-tracking/${root}`, files };
  };
  const signAll = (root: string, paths: unknown, method: 'GET' | 'PUT') =>
    (paths as string[]).map((path) => {
      const { url, headers } = storage.sign(`${root}/${path}`, method);
      return { path, signed_uri: url, headers, type: storage.type };
    });
  const signPart = (
    root: string,
    path: string,
    part: { readonly uploadId: string; readonly partNumber?: number },
  ) => {
    const method = part.partNumber === undefined ? 'DELETE' : 'PUT';
    const { url, headers } = storage.sign(`${root}/${path}`, method, part);
    return { path, signed_uri: url, headers, type: storage.type };
  };

  return {
    [`GET ${API}/artifacts/list`]: async (request) =>
      list(await runFolder(request), text(request, 'path')),
    [`POST ${API}/artifacts/credentials-for-read`]: async (request) => ({
      credential_infos: signAll(await runFolder(request), request.fields['path'], 'GET'),
    }),
    [`POST ${API}/artifacts/credentials-for-write`]: async (request) => ({
      credential_infos: signAll(await runFolder(request), request.fields['path'], 'PUT'),
    }),
    [`POST ${API}/artifacts/create-multipart-upload`]: async (request) => {
      if (storage.type !== 'AWS_PRESIGNED_URL') throw invalid('Only for storage of Amazon.');
      const root = await runFolder(request);
      const path = text(request, 'path');
      const uploadId = `upload-${storage.uploads.size}-${path}`;
      storage.uploads.set(uploadId, new Map());
      const numbers = Array.from({ length: Number(request.fields['num_parts']) }, (_, i) => i + 1);
      return {
        upload_id: uploadId,
        upload_credential_infos: numbers.map((partNumber) =>
          signPart(root, path, { uploadId, partNumber }),
        ),
        abort_credential_info: signPart(root, path, { uploadId }),
      };
    },
    [`GET ${API}/artifacts/get-presigned-upload-part-url`]: async (request) => {
      const partNumber = Number(request.fields['part_number']);
      const part = { uploadId: text(request, 'upload_id'), partNumber };
      return {
        upload_credential_info: signPart(await runFolder(request), text(request, 'path'), part),
      };
    },
    [`POST ${API}/artifacts/complete-multipart-upload`]: async (request) => {
      const parts = storage.uploads.get(text(request, 'upload_id'));
      if (parts === undefined) throw missing('The upload');
      const listed = (request.fields['part_etags'] ?? []) as readonly {
        readonly part_number: number;
        readonly etag: string;
      }[];
      const found = listed.map(({ part_number, etag }) => {
        const part = parts.get(String(part_number));
        if (part === undefined || etagOf(part) !== etag) throw invalid('A part is invalid.');
        return part;
      });
      const root = await runFolder(request);
      storage.files.set(`${root}/${text(request, 'path')}`, Buffer.concat(found));
      storage.uploads.delete(text(request, 'upload_id'));
      return {};
    },
    [`GET ${API}/logged-models/{model_id}/artifacts/directories`]: async (request) =>
      list(await modelFolder(request), text(request, 'artifact_directory_path')),
    [`POST ${API}/logged-models/{model_id}/artifacts/credentials-for-upload`]: async (request) => ({
      credentials: signAll(await modelFolder(request), request.fields['paths'], 'PUT').map(
        (credential_info) => ({ model_id: text(request, 'model_id'), credential_info }),
      ),
    }),
    [`POST ${API}/logged-models/{model_id}/artifacts/credentials-for-download`]: async (
      request,
    ) => ({
      credentials: signAll(await modelFolder(request), request.fields['paths'], 'GET').map(
        (credential_info) => ({ model_id: text(request, 'model_id'), credential_info }),
      ),
    }),
  };
}
