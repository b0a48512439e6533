import { createVersion } from '../create-version.ts';
import { type Route, route } from '../route.ts';
import { count, flag, required, text, versionNumber } from '../wire/field.ts';
import { formatModelVersion } from '../wire/format-registered-model.ts';
import { formatPage, readSearch, searchFields } from '../wire/page.ts';
import { readMlflowStage } from '../wire/read-mlflow-stage.ts';
import { tagList } from '../wire/tags.ts';
import { versionLocation } from '../version-location.ts';

const path = '/mlflow/model-versions';
const version = { name: required(text), version: required(versionNumber) };

/** Versions of registered models. */
export const modelVersionRoutes: readonly Route[] = [
  route(
    { method: 'POST', path: `${path}/create`, scope: 'write' },
    {
      name: required(text),
      source: required(text),
      run_id: text,
      run_link: text,
      model_id: text,
      description: text,
      tags: tagList,
    },
    async (context, sent) => ({
      model_version: formatModelVersion(await createVersion(context, sent)),
    }),
  ),
  route(
    { method: 'GET', path: `${path}/get`, scope: 'read' },
    version,
    async ({ registry }, { name, version: number }) => ({
      model_version: formatModelVersion(await registry.getModelVersion(name, number)),
    }),
  ),
  route(
    { method: 'GET', path: `${path}/search`, scope: 'read' },
    { ...searchFields, max_results: count(200_000) },
    async ({ registry, signal }, sent) => {
      const page = await registry.searchModelVersions(readSearch(sent), { signal });
      return formatPage('model_versions', page, formatModelVersion);
    },
  ),
  route(
    { method: 'GET', path: `${path}/get-download-uri`, scope: 'read' },
    version,
    async ({ registry }, { name, version: number }) => ({
      artifact_uri: await versionLocation(registry, name, number),
    }),
  ),
  route(
    { method: 'PATCH', path: `${path}/update`, scope: 'write' },
    { ...version, description: text },
    async ({ registry }, { name, version: number, description }) => {
      if (description !== undefined)
        await registry.updateModelVersion(name, number, { description });
      return { model_version: formatModelVersion(await registry.getModelVersion(name, number)) };
    },
  ),
  route(
    { method: 'POST', path: `${path}/transition-stage`, scope: 'write' },
    { ...version, stage: required(text), archive_existing_versions: flag },
    async ({ registry }, { name, version: number, stage, archive_existing_versions: archive }) => ({
      model_version: formatModelVersion(
        await registry.moveMlflowStage({
          name,
          version: number,
          stage: readMlflowStage(stage),
          others: archive === true ? 'archive' : 'keep',
        }),
      ),
    }),
  ),
  route(
    { method: 'DELETE', path: `${path}/delete`, scope: 'admin' },
    version,
    ({ registry }, { name, version: number }) => registry.deleteModelVersion(name, number),
  ),
  route(
    { method: 'POST', path: `${path}/set-tag`, scope: 'write' },
    { ...version, key: required(text), value: text },
    ({ registry }, { name, version: number, key, value = '' }) =>
      registry.setModelVersionTag(name, number, key, value),
  ),
  route(
    { method: 'DELETE', path: `${path}/delete-tag`, scope: 'write' },
    { ...version, key: required(text) },
    ({ registry }, { name, version: number, key }) =>
      registry.deleteModelVersionTag(name, number, key),
  ),
];
