import { receiveArtifact, announcedBytes } from '../artifacts/receive-artifact.ts';
import { sendArtifact } from '../artifacts/send-artifact.ts';
import { type ServedPlace, parseServedPath } from '../artifacts/served-path.ts';
import { RequestInvalidError } from '../errors.ts';
import type { Route } from '../route.ts';
import { required, text } from '../wire/field.ts';
import { readMessage } from '../wire/message.ts';

const servedPath = '/mlflow-artifacts/artifacts/*';

/** Files of artifacts, uploaded and downloaded piece by piece, and deleted. */
export const artifactFileRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: servedPath,
    scope: 'write',
    answer: async ({ registry, maxArtifactBytes }, request) => {
      const { ownerId, path } = readPlace(request.params);
      const content = receiveArtifact(request, maxArtifactBytes);
      const sizeBytes = announcedBytes(request);
      await registry.uploadArtifact(ownerId, path, content, {
        signal: request.signal,
        ...(sizeBytes === undefined ? {} : { expected: { sizeBytes } }),
      });
      return {};
    },
  },
  {
    method: 'GET',
    path: servedPath,
    scope: 'read',
    answer: async ({ registry }, { params, signal }, reply) => {
      const { ownerId, path } = readPlace(params);
      return sendArtifact(reply, path, await registry.openArtifact(ownerId, path, { signal }));
    },
  },
  {
    method: 'DELETE',
    path: servedPath,
    scope: 'admin',
    answer: async ({ registry }, { params, signal }) => {
      const { ownerId, path } = readPlace(params);
      const paths =
        path === ''
          ? (await registry.listArtifacts(ownerId, undefined, { signal })).map((file) => file.path)
          : [path];
      for (const each of paths) await registry.deleteArtifact(ownerId, each);
      return {};
    },
  },
  {
    method: 'GET',
    path: '/mlflow/logged-models/:model_id/artifacts/files',
    scope: 'read',
    answer: async ({ registry }, { params, query, signal }, reply) => {
      const fields = { model_id: required(text), artifact_file_path: required(text) };
      const sent = readMessage(fields, { ...(query as object), ...(params as object) });
      const { model_id: id, artifact_file_path: path } = sent;
      return sendArtifact(reply, path, await registry.openArtifact(id, path, { signal }));
    },
  },
];

function readPlace(params: unknown): ServedPlace {
  const { '*': served } = params as { readonly '*': string };
  const place = parseServedPath(served);
  if (place !== undefined) return place;
  throw new RequestInvalidError(
    `Invalid path '${served}': artifacts lie below '<experiment id>/<run id>/artifacts' or '<experiment id>/models/<logged model id>/artifacts', where the run or logged model says.`,
  );
}
