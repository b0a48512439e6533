import { readModel, readVersion } from '../http/read-entities.ts';
import { type Wire, create, get, patch, put, remove } from '../http/remote.ts';
import { readPage } from '../http/search-remote.ts';
import {
  type WireObject,
  formatTags,
  readObject,
  readObjects,
  readText,
} from '../http/wire-values.ts';
import { readTemporaryCredentials } from './cloud/temporary-credentials.ts';
import type { UnityDialect } from './unity-dialect.ts';
import { pageQuery } from './page-query.ts';

const MODELS = 'unity-catalog/registered-models';
const VERSIONS = 'unity-catalog/model-versions';

/** The interface in MLflow's words, below `/api/2.0/mlflow/unity-catalog`. */
export function createUnityMlflowDialect(wire: Wire): UnityDialect {
  const modelOf = (answer: WireObject) => readModel(readObject(answer, 'registered_model'));
  const versionOf = (answer: WireObject) => readUnityVersion(readObject(answer, 'model_version'));
  return {
    getModel: async (name) => modelOf(await get(wire, `${MODELS}/get`, { name })),
    async createModel({ name, description, tags }) {
      const body = { name, description, tags: formatTags(tags) };
      return modelOf(await create(wire, `${MODELS}/create`, body));
    },
    async updateModel(name, { description }) {
      await patch(wire, `${MODELS}/update`, { name, description });
    },
    async renameModel(name, newName) {
      await patch(wire, `${MODELS}/update`, { name, new_name: newName });
    },
    async deleteModel(name) {
      await remove(wire, `${MODELS}/delete`, { name });
    },
    async listModels({ signal, ...request }) {
      const asked = get(wire, `${MODELS}/search`, pageQuery(request), signal);
      return readPage(asked, 'registered_models', readModel);
    },
    async setModelTag(name, tag) {
      await put(wire, `${MODELS}/set-tag`, { name, ...tag });
    },
    async deleteModelTag(name, key) {
      await remove(wire, `${MODELS}/delete-tag`, { name, key });
    },

    async createVersion({ name, source, runId, modelId, description = '', tags = {} }) {
      const body = {
        name,
        source,
        description,
        tags: formatTags(tags),
        ...(runId === undefined ? {} : { run_id: runId }),
        ...(modelId === undefined ? {} : { model_id: modelId }),
      };
      return versionOf(await create(wire, `${VERSIONS}/create`, body));
    },
    async finalizeVersion({ name, version }) {
      await put(wire, `${VERSIONS}/finalize`, { name, version });
    },
    getVersion: async ({ name, version }) =>
      versionOf(await get(wire, `${VERSIONS}/get`, { name, version })),
    async updateVersion({ name, version }, description) {
      await patch(wire, `${VERSIONS}/update`, { name, version, description });
    },
    async deleteVersion({ name, version }) {
      await remove(wire, `${VERSIONS}/delete`, { name, version });
    },
    async listVersions(name, { signal, ...request }) {
      const query = { filter: `name = '${name}'`, ...pageQuery(request) };
      return readPage(
        get(wire, `${VERSIONS}/search`, query, signal),
        'model_versions',
        readUnityVersion,
      );
    },
    async setVersionTag({ name, version }, tag) {
      await put(wire, `${VERSIONS}/set-tag`, { name, version, ...tag });
    },
    async deleteVersionTag({ name, version }, key) {
      await remove(wire, `${VERSIONS}/delete-tag`, { name, version, key });
    },
    async getDownloadUri({ name, version }) {
      const answer = await get(wire, `${VERSIONS}/get-download-uri`, { name, version });
      return readText(answer, 'artifact_uri');
    },
    async getCredentials({ name, version }, purpose) {
      const body = { name, version, operation: `MODEL_VERSION_OPERATION_${purpose}` };
      const answer = await put(wire, `${VERSIONS}/generate-temporary-credentials`, body);
      return readTemporaryCredentials(readObject(answer, 'credentials'));
    },

    getByAlias: async (name, alias) =>
      versionOf(await get(wire, `${MODELS}/alias`, { name, alias })),
    async setAlias({ name, version }, alias) {
      await put(wire, `${MODELS}/alias`, { name, version, alias });
    },
    async deleteAlias(name, alias) {
      await remove(wire, `${MODELS}/alias`, { name, alias });
    },
  };
}

/** A version, whose aliases are objects here. */
function readUnityVersion(wire: WireObject): ReturnType<typeof readVersion> {
  const aliases = readObjects(wire, 'aliases').map((alias) => readText(alias, 'alias'));
  return readVersion({ ...wire, aliases });
}
