import type { RequestShape } from './request-shape.ts';

const version = { name: 'string', version: 'string' };
const file = { ...version, path: 'string', page_token: 'string' };

/**
 * What Databricks takes beyond the published protocol of MLflow: its own registry calls as its SDK for
 * Python makes them (`databricks.sdk.service.ml`), two that MLflow's client makes of a workspace's
 * models, and the Files API.
 */
export const extraShapes: readonly RequestShape[] = [
  {
    method: 'POST',
    path: '/api/2.0/mlflow/databricks/model-versions/transition-stage',
    fields: {
      ...version,
      stage: 'string',
      archive_existing_versions: 'bool',
      comment: 'string',
    },
    required: ['name', 'version', 'stage', 'archive_existing_versions'],
  },
  {
    method: 'GET',
    path: '/api/2.0/mlflow/model-versions/list-artifacts',
    fields: file,
    required: ['name', 'version'],
  },
  {
    method: 'GET',
    path: '/api/2.0/mlflow/model-versions/get-signed-download-uri',
    fields: file,
    required: ['name', 'version', 'path'],
  },
  {
    method: 'GET',
    path: '/api/2.0/mlflow/artifacts/get-presigned-upload-part-url',
    fields: { run_id: 'string', path: 'string', upload_id: 'string', part_number: 'int' },
    required: ['run_id', 'path', 'upload_id', 'part_number'],
  },
  {
    method: 'GET',
    path: '/api/2.0/fs/directories/{*path}',
    fields: { page_token: 'string', page_size: 'int' },
    required: [],
  },
  { method: 'HEAD', path: '/api/2.0/fs/directories/{*path}', fields: {}, required: [] },
  { method: 'GET', path: '/api/2.0/fs/files/{*path}', fields: {}, required: [] },
  {
    method: 'PUT',
    path: '/api/2.0/fs/files/{*path}',
    fields: { overwrite: 'bool' },
    required: [],
    body: 'bytes',
  },
];
