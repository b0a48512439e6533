import {
  type ModelVersion,
  OperationUnsupportedError,
  type RegisteredModel,
  type Registry,
  RegisteredModelNotFoundError,
} from '@gnu-mlops/registry-client';
import { type Route, route } from '../route.ts';
import { count, list, required, text } from '../wire/field.ts';
import { formatModelVersion, formatRegisteredModel } from '../wire/format-registered-model.ts';
import { readSearch, searchFields } from '../wire/page.ts';
import { readMlflowStage } from '../wire/read-mlflow-stage.ts';
import { nonEmpty, readTags, tagList } from '../wire/tags.ts';

const path = '/mlflow/registered-models';
const model = { name: required(text) };

const latestVersionRoutes = (['GET', 'POST'] as const).map((method) =>
  route(
    { method, path: `${path}/get-latest-versions`, scope: 'read' },
    { ...model, stages: list(text) },
    async ({ registry }, { name, stages = [] }) => {
      const versions = await registry.findLatestVersions(
        name,
        stages.length === 0 ? undefined : stages.map(readMlflowStage),
      );
      return { model_versions: nonEmpty(versions.map(formatModelVersion)) };
    },
  ),
);

/** Registered models: the names under which versions are kept. */
export const registeredModelRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: `${path}/create`, scope: 'write' },
    { ...model, description: text, tags: tagList },
    async ({ registry }, { name, description, tags }) => {
      const created = await registry.createRegisteredModel(name, {
        tags: readTags(tags),
        ...(description === undefined ? {} : { description }),
      });
      return { registered_model: formatRegisteredModel(created, []) };
    },
  ),
  route({ method: 'GET', path: `${path}/get`, scope: 'read' }, model, ({ registry }, { name }) =>
    answerModel(registry, name),
  ),
  route(
    { method: 'GET', path: `${path}/search`, scope: 'read' },
    { ...searchFields, max_results: count(1000) },
    async ({ registry, signal }, sent) => {
      const { items, nextPageToken } = await registry.searchRegisteredModels(readSearch(sent), {
        signal,
      });
      const models: object[] = [];
      for (const each of items) {
        const found = await unlessGone(withLatestVersions(registry, each));
        if (found !== undefined) models.push(found);
      }
      return { registered_models: nonEmpty(models), next_page_token: nextPageToken };
    },
  ),
  ...latestVersionRoutes,
  route(
    { method: 'POST', path: `${path}/rename`, scope: 'write' },
    { ...model, new_name: required(text) },
    async ({ registry }, { name, new_name: newName }) => {
      await registry.renameRegisteredModel(name, newName);
      return answerModel(registry, newName);
    },
  ),
  route(
    { method: 'PATCH', path: `${path}/update`, scope: 'write' },
    { ...model, description: text },
    async ({ registry }, { name, description = '' }) => {
      await registry.updateRegisteredModel(name, { description });
      return answerModel(registry, name);
    },
  ),
  route(
    { method: 'DELETE', path: `${path}/delete`, scope: 'admin' },
    model,
    ({ registry }, { name }) => registry.deleteRegisteredModel(name),
  ),
  route(
    { method: 'POST', path: `${path}/set-tag`, scope: 'write' },
    { ...model, key: required(text), value: text },
    ({ registry }, { name, key, value = '' }) => registry.setRegisteredModelTag(name, key, value),
  ),
  route(
    { method: 'DELETE', path: `${path}/delete-tag`, scope: 'write' },
    { ...model, key: required(text) },
    ({ registry }, { name, key }) => registry.deleteRegisteredModelTag(name, key),
  ),
];

async function answerModel(registry: Registry, name: string): Promise<object> {
  const found = await registry.findRegisteredModel(name);
  if (found === undefined) throw new RegisteredModelNotFoundError(name);
  return { registered_model: await withLatestVersions(registry, found) };
}

async function withLatestVersions(registry: Registry, model: RegisteredModel): Promise<object> {
  return formatRegisteredModel(model, await latestVersions(registry, model.name));
}

/** Undefined where somebody has deleted or renamed the model since it was found. */
async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RegisteredModelNotFoundError) return undefined;
    throw error;
  }
}

/** None where the registry has no stages of MLflow, of each of which this would be the newest. */
async function latestVersions(registry: Registry, name: string): Promise<readonly ModelVersion[]> {
  try {
    return await registry.findLatestVersions(name);
  } catch (error) {
    if (error instanceof OperationUnsupportedError) return [];
    throw error;
  }
}
