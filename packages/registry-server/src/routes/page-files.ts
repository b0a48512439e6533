import { announcedBytes, receiveArtifact } from '../artifacts/receive-artifact.ts';
import { checkedPath } from '../artifacts/checked-path.ts';
import { sendArtifact } from '../artifacts/send-artifact.ts';
import { RequestInvalidError } from '../errors.ts';
import type { Route } from '../route.ts';
import { required, text, versionNumber } from '../wire/field.ts';
import { readMessage } from '../wire/message.ts';

/** The most that a page uploads at once, as in MLflow. */
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** Files as web pages fetch them, at addresses without a prefix. */
export const pageFileRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/get-artifact',
    scope: 'read',
    answer: async ({ registry, signal }, { query }, reply) => {
      const { run_uuid: uuid, ...sent } = query as Record<string, unknown>;
      const fields = { run_id: required(text), path: required(text) };
      const { run_id: id, path } = readMessage(fields, { run_id: uuid, ...sent });
      checkedPath(path);
      return sendArtifact(reply, path, await registry.openArtifact(id, path, { signal }));
    },
  },
  {
    method: 'GET',
    path: '/model-versions/get-artifact',
    scope: 'read',
    answer: async ({ registry, signal }, { query }, reply) => {
      const fields = {
        name: required(text),
        version: required(versionNumber),
        path: required(text),
      };
      const { name, version, path } = readMessage(fields, query as Record<string, unknown>);
      checkedPath(path);
      const stream = await registry.openModelFile(name, version, path, { signal });
      return sendArtifact(reply, path, stream);
    },
  },
];

/** What web pages upload, with the address in the query string. */
export const pageUploadRoute: Route = {
  method: 'POST',
  path: '/mlflow/upload-artifact',
  scope: 'write',
  answer: async ({ registry, signal }, request) => {
    const fields = { run_uuid: text, path: text };
    const sent = readMessage(fields, request.query as Record<string, unknown>);
    const { run_uuid: id = '', path = '' } = sent;
    if (id === '') throw new RequestInvalidError('Request must specify run_uuid.');
    if (path === '') throw new RequestInvalidError('Request must specify path.');
    checkedPath(path);
    const content = receiveArtifact(request, MAX_UPLOAD_BYTES);
    if (request.body === undefined) throw new RequestInvalidError('Request must specify data.');
    const sizeBytes = announcedBytes(request);
    await registry.uploadArtifact(id, path, content, {
      signal,
      ...(sizeBytes === undefined ? {} : { expected: { sizeBytes } }),
    });
    return {};
  },
};
