import type { FastifyRequest } from 'fastify';
import { findPlace, makePlace } from '../artifacts/find-place.ts';
import { announcedBytes, receiveArtifact } from '../artifacts/receive-artifact.ts';
import { sendArtifact } from '../artifacts/send-artifact.ts';
import type { ServedPlace } from '../artifacts/served-path.ts';
import { FileNotFoundError } from '../errors.ts';
import type { Route } from '../route.ts';
import type { ServerContext } from '../server-context.ts';
import { required, text } from '../wire/field.ts';
import { readMessage } from '../wire/message.ts';

const path = '/mlflow-artifacts/artifacts/*';

/** Files of artifacts, uploaded and downloaded piece by piece, and deleted. */
export const artifactFileRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path,
    scope: 'write',
    answer: async (context, request) => {
      const place = await makePlace(context, pathOf(request));
      const content = receiveArtifact(request, context.maxArtifactBytes);
      const sizeBytes = announcedBytes(request);
      await context.registry.uploadArtifact(place.ownerId, place.path, content, {
        signal: context.signal,
        ...(sizeBytes === undefined ? {} : { expected: { sizeBytes } }),
      });
      return {};
    },
  },
  {
    method: 'GET',
    path,
    scope: 'read',
    answer: async (context, request, reply) => {
      const { signal } = context;
      const place = await foundPlace(context, request);
      const stream = await context.registry.openArtifact(place.ownerId, place.path, { signal });
      return sendArtifact(reply, place.path, stream);
    },
  },
  {
    method: 'DELETE',
    path,
    scope: 'admin',
    answer: async (context, request) => {
      const { registry } = context;
      const { ownerId, path: file } = await foundPlace(context, request);
      const files = file === '' ? await registry.listArtifacts(ownerId) : [{ path: file }];
      for (const each of files) await registry.deleteArtifact(ownerId, each.path);
      return {};
    },
  },
  {
    method: 'GET',
    path: '/mlflow/logged-models/:model_id/artifacts/files',
    scope: 'read',
    answer: async ({ registry, signal }, { params, query }, reply) => {
      const fields = { model_id: required(text), artifact_file_path: required(text) };
      const sent = readMessage(fields, { ...(query as object), ...(params as object) });
      const { model_id: id, artifact_file_path: file } = sent;
      return sendArtifact(reply, file, await registry.openArtifact(id, file, { signal }));
    },
  },
];

function pathOf({ params }: FastifyRequest): string {
  return (params as { readonly '*': string })['*'];
}

async function foundPlace(context: ServerContext, request: FastifyRequest): Promise<ServedPlace> {
  const asked = pathOf(request);
  const place = await findPlace(context, asked);
  if (place === undefined) throw new FileNotFoundError(asked);
  return place;
}
