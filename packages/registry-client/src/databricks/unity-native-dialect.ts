import type { HttpCall } from '../http/http-client.ts';
import { readModel, readVersion } from '../http/read-entities.ts';
import type { Wire } from '../http/remote.ts';
import { readPage } from '../http/search-remote.ts';
import { type WireObject, formatTags, readObjects, readText } from '../http/wire-values.ts';
import { readTemporaryCredentials } from './cloud/temporary-credentials.ts';
import { pageQuery } from './page-query.ts';
import type { UnityDialect } from './unity-dialect.ts';
import { splitUnityName } from './unity-names.ts';

const ROOT = '/api/2.1/unity-catalog';
const WITH_ALIASES = { include_aliases: 'true' };

/** The interface in Unity Catalog's own words, below `/api/2.1/unity-catalog`. */
export function createUnityNativeDialect({ client }: Wire): UnityDialect {
  const ask = (method: HttpCall['method'], path: string, call: Partial<HttpCall> = {}) =>
    client.askJson({ method, path: `${ROOT}${path}`, twice: 'harmless', ...call });
  const modelPath = (name: string) => `/models/${encodeURIComponent(name)}`;
  const versionPath = ({ name, version }: { readonly name: string; readonly version: string }) =>
    `${modelPath(name)}/versions/${version}`;
  const aliasPath = (name: string, alias: string) =>
    `${modelPath(name)}/aliases/${encodeURIComponent(alias)}`;
  // Models are a kind of function to the part of the service that keeps tags.
  const tagPath = (name: string, version?: string) =>
    version === undefined
      ? `/securable-tags/FUNCTION/${encodeURIComponent(name)}`
      : `/subentity-tags/FUNCTION/${encodeURIComponent(name)}/${version}`;

  return {
    getModel: async (name) =>
      readNativeModel(await ask('GET', modelPath(name), { query: WITH_ALIASES })),
    async createModel({ name, description, tags }) {
      const { catalog, schema, model } = splitUnityName(name);
      const body = {
        name: model,
        catalog_name: catalog,
        schema_name: schema,
        comment: description,
        tags: formatTags(tags),
      };
      return readNativeModel(await ask('POST', '/models', { body, twice: 'harmful' }));
    },
    async updateModel(name, { description }) {
      await ask('PATCH', modelPath(name), { body: { full_name: name, comment: description } });
    },
    async renameModel(name, newName) {
      const body = { full_name: name, new_name: splitUnityName(newName).model };
      await ask('PATCH', modelPath(name), { body });
    },
    async deleteModel(name) {
      await ask('DELETE', modelPath(name));
    },
    async listModels({ signal, ...request }) {
      const asked = ask('GET', '/models', { query: pageQuery(request), signal });
      return readPage(asked, 'registered_models', readNativeModel);
    },
    async setModelTag(name, tag) {
      await ask('PATCH', tagPath(name), { body: { changes: { add_tags: [tag] } } });
    },
    async deleteModelTag(name, key) {
      await ask('PATCH', tagPath(name), { body: { changes: { remove: [key] } } });
    },

    async createVersion({ name, source, runId, modelId, description = '', tags = {} }) {
      const { catalog, schema, model } = splitUnityName(name);
      const body = {
        model_name: model,
        catalog_name: catalog,
        schema_name: schema,
        source,
        comment: description,
        tags: formatTags(tags),
        ...(runId === undefined ? {} : { run_id: runId }),
        ...(modelId === undefined ? {} : { model_id: modelId }),
      };
      return readNativeVersion(await ask('POST', '/models/versions', { body, twice: 'harmful' }));
    },
    async finalizeVersion(key) {
      const body = { full_name: key.name, version: Number(key.version) };
      await ask('PATCH', `${versionPath(key)}/finalize`, { body });
    },
    getVersion: async (key) =>
      readNativeVersion(await ask('GET', versionPath(key), { query: WITH_ALIASES })),
    async updateVersion(key, description) {
      const body = { full_name: key.name, version: Number(key.version), comment: description };
      await ask('PATCH', versionPath(key), { body });
    },
    async deleteVersion(key) {
      await ask('DELETE', versionPath(key));
    },
    async listVersions(name, { signal, ...request }) {
      const query = pageQuery(request);
      const asked = ask('GET', `${modelPath(name)}/versions`, { query, signal });
      return readPage(asked, 'model_versions', readNativeVersion);
    },
    async setVersionTag({ name, version }, tag) {
      await ask('PATCH', tagPath(name, version), { body: { changes: { add_tags: [tag] } } });
    },
    async deleteVersionTag({ name, version }, key) {
      await ask('PATCH', tagPath(name, version), { body: { changes: { remove: [key] } } });
    },
    async getDownloadUri(key) {
      return readText(await ask('GET', versionPath(key)), 'storage_location');
    },
    async getCredentials({ name, version }, purpose) {
      const { catalog, schema, model } = splitUnityName(name);
      const body = {
        catalog_name: catalog,
        schema_name: schema,
        model_name: model,
        version: Number(version),
        operation: `${purpose}_MODEL_VERSION`,
      };
      const answer = await ask('POST', '/temporary-model-version-credentials', { body });
      return readTemporaryCredentials(answer);
    },

    getByAlias: async (name, alias) =>
      readNativeVersion(await ask('GET', aliasPath(name, alias), { query: WITH_ALIASES })),
    async setAlias({ name, version }, alias) {
      const body = { full_name: name, alias, version_num: Number(version) };
      await ask('PUT', aliasPath(name, alias), { body });
    },
    async deleteAlias(name, alias) {
      await ask('DELETE', aliasPath(name, alias));
    },
  };
}

function readNativeModel(wire: WireObject): ReturnType<typeof readModel> {
  return readModel({
    ...inMlflowWords(wire),
    name: readText(wire, 'full_name'),
    aliases: readObjects(wire, 'aliases').map((alias) => ({
      alias: readText(alias, 'alias_name'),
      version: readText(alias, 'version_num'),
    })),
  });
}

function readNativeVersion(wire: WireObject): ReturnType<typeof readVersion> {
  const parts = ['catalog_name', 'schema_name', 'model_name'];
  return readVersion({
    ...inMlflowWords(wire),
    name: parts.map((part) => readText(wire, part)).join('.'),
    aliases: readObjects(wire, 'aliases').map((alias) => readText(alias, 'alias_name')),
  });
}

function inMlflowWords(wire: WireObject): WireObject {
  return {
    ...wire,
    description: wire['comment'],
    creation_timestamp: wire['created_at'],
    last_updated_timestamp: wire['updated_at'],
    user_id: wire['created_by'],
  };
}
