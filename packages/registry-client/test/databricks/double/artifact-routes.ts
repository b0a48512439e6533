import type { Registry } from '../../../src/registry.ts';
import { type DoubleRequest, type DoubleRoutes, text } from './double-route.ts';
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
      return { path, signed_uri: url, headers, type: 'AWS_PRESIGNED_URL' };
    });

  return {
    [`GET ${API}/artifacts/list`]: async (request) =>
      list(await runFolder(request), text(request, 'path')),
    [`POST ${API}/artifacts/credentials-for-read`]: async (request) => ({
      credential_infos: signAll(await runFolder(request), request.fields['path'], 'GET'),
    }),
    [`POST ${API}/artifacts/credentials-for-write`]: async (request) => ({
      credential_infos: signAll(await runFolder(request), request.fields['path'], 'PUT'),
    }),
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
