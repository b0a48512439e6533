import { FeatureUnsupportedError } from '../errors.ts';
import type { Route } from '../route.ts';

const parts =
  'This server takes artifacts whole, not in parts. Upload with PUT to /mlflow-artifacts/artifacts; clients of MLflow do so by themselves.';
const signed =
  'This server signs no addresses of files. Upload and download by /mlflow-artifacts/artifacts; clients of MLflow do so by themselves.';

/** What clients of MLflow try first, and do otherwise once they are told that it is not offered. */
export const unsupportedRoutes: readonly Route[] = [
  refuse('POST', '/mlflow-artifacts/mpu/create/*', parts),
  refuse('POST', '/mlflow-artifacts/mpu/complete/*', parts),
  refuse('POST', '/mlflow-artifacts/mpu/abort/*', parts),
  refuse('GET', '/mlflow-artifacts/presigned/*', signed),
  refuse('POST', '/mlflow/artifacts/presigned-upload-url', signed),
  refuse('POST', '/mlflow/artifacts/presigned-download-url', signed),
];

function refuse(method: 'GET' | 'POST', path: string, problem: string): Route {
  return {
    method,
    path,
    scope: method === 'GET' ? 'read' : 'write',
    answer: async () => {
      throw new FeatureUnsupportedError(problem);
    },
  };
}
