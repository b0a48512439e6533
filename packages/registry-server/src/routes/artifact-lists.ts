import { findPlace } from '../artifacts/find-place.ts';
import { formatBaseName, formatFile, listFolder } from '../artifacts/list-folder.ts';
import { modelLocation, runLocation } from '../client-location.ts';
import { type Route, route } from '../route.ts';
import { required, text } from '../wire/field.ts';
import { nonEmpty } from '../wire/tags.ts';

/** What lies in a folder of artifacts: of a run, of a logged model, or at a path of the server. */
export const artifactListRoutes: readonly Route[] = [
  route(
    { method: 'GET', path: '/mlflow/artifacts/list', scope: 'read' },
    { run_id: required(text), path: text },
    async ({ registry, signal }, { run_id: id, path = '' }) => {
      const run = await registry.getRun(id);
      const files = await listFolder(registry, { ownerId: id, path }, signal);
      return { root_uri: runLocation(run), files: nonEmpty(files.map(formatFile)) };
    },
  ),
  route(
    { method: 'GET', path: '/mlflow/logged-models/:model_id/artifacts/directories', scope: 'read' },
    { model_id: required(text), artifact_directory_path: text },
    async ({ registry, signal }, { model_id: id, artifact_directory_path: path = '' }) => {
      const model = await registry.getLoggedModel(id);
      const files = await listFolder(registry, { ownerId: id, path }, signal);
      return { root_uri: modelLocation(model), files: nonEmpty(files.map(formatFile)) };
    },
  ),
  route(
    { method: 'GET', path: '/mlflow-artifacts/artifacts', scope: 'read' },
    { path: text },
    async (context, { path = '' }) => {
      const place = await findPlace(context, path);
      if (place === undefined) return {};
      const files = await listFolder(context.registry, place, context.signal);
      return { files: nonEmpty(files.map(formatBaseName)) };
    },
  ),
];
