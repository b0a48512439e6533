import { checkModelName } from '../check-names.ts';
import { ArtifactNotFoundError, SourceUnsupportedError } from '../artifact-errors.ts';
import { AlreadyExistsError } from '../conflict-errors.ts';
import { RemoteRefusedError } from '../remote-errors.ts';
import type { ModelStore, VersionKey } from './model-store.ts';
import { encodePath } from './encode-path.ts';
import { listProxied, openProxied, proxiedPath, proxyFolder } from './proxy-artifacts.ts';
import { readModel, readVersion } from './read-entities.ts';
import {
  type Wire,
  create,
  entityIn,
  get,
  isMissing,
  isTaken,
  orFail,
  orMissing,
  patch,
  put,
  remove,
} from './remote.ts';
import {
  asQuery,
  formatSearch,
  modelGrammar,
  onlyNamed,
  versionGrammar,
} from './search-grammar.ts';
import { readPage } from './search-remote.ts';
import { type WireObject, formatTags, readObjects, readText } from './wire-values.ts';

/** The registry of models of an MLflow server. */
export function createMlflowModelStore(wire: Wire): ModelStore {
  const modelOf = (answer: WireObject) => readModel(entityIn(wire, answer, 'registered_model'));
  const versionOf = (answer: WireObject) => readVersion(entityIn(wire, answer, 'model_version'));
  const orTaken = <T>(asked: Promise<T>, name: string) =>
    orFail(asked, (refusal) =>
      isTaken(refusal) ? new AlreadyExistsError('registered model', name) : undefined,
    );
  return {
    hasStages: true,
    keepsFiles: false,
    resolveName: (name) => name,
    checkTag: () => undefined,

    async findModel(name) {
      const answer = await orMissing(get(wire, 'registered-models/get', { name }));
      return answer === undefined ? undefined : modelOf(answer);
    },
    async createModel({ name, description, tags }) {
      checkModelName(name);
      const body = { name, description, tags: formatTags(tags) };
      return modelOf(await orTaken(create(wire, 'registered-models/create', body), name));
    },
    async updateModel(name, description) {
      await patch(wire, 'registered-models/update', { name, description });
    },
    async renameModel(name, newName) {
      const body = { name, new_name: newName };
      await orTaken(create(wire, 'registered-models/rename', body), newName);
    },
    async deleteModel(name) {
      await remove(wire, 'registered-models/delete', { name });
    },
    async setModelTag(name, tag) {
      await put(wire, 'registered-models/set-tag', { name, ...tag });
    },
    async deleteModelTag(name, key) {
      await remove(wire, 'registered-models/delete-tag', { name, key });
    },
    async searchModels(request, { signal }) {
      const query = asQuery(formatSearch(request, modelGrammar));
      const asked = get(wire, 'registered-models/search', query, signal);
      return onlyNamed(await readPage(asked, 'registered_models', readModel), request);
    },

    async createVersion({ name, source, runId, runLink, modelId, description, tags = {} }) {
      const body = {
        name,
        source,
        description: description ?? '',
        tags: formatTags(tags),
        ...(runId === undefined ? {} : { run_id: runId }),
        ...(runLink === undefined ? {} : { run_link: runLink }),
        ...(modelId === undefined ? {} : { model_id: modelId }),
      };
      return versionOf(await create(wire, 'model-versions/create', body));
    },
    getVersion: async (key) => versionOf(await get(wire, 'model-versions/get', keyOf(key))),
    async updateVersion(key, description) {
      await patch(wire, 'model-versions/update', { ...keyOf(key), description });
    },
    async deleteVersion(key) {
      await remove(wire, 'model-versions/delete', keyOf(key));
    },
    async setVersionTag(key, tag) {
      await put(wire, 'model-versions/set-tag', { ...keyOf(key), ...tag });
    },
    async deleteVersionTag(key, tagKey) {
      await remove(wire, 'model-versions/delete-tag', { ...keyOf(key), key: tagKey });
    },
    async searchVersions(request, { signal }) {
      const query = asQuery(formatSearch(request, versionGrammar));
      const asked = get(wire, 'model-versions/search', query, signal);
      return onlyNamed(await readPage(asked, 'model_versions', readVersion), request);
    },
    getDownloadUri: async (key) =>
      readText(await get(wire, 'model-versions/get-download-uri', keyOf(key)), 'artifact_uri'),

    async findByAlias(name, alias) {
      try {
        return versionOf(await get(wire, 'registered-models/alias', { name, alias }));
      } catch (error) {
        if (isMissing(error) || isAliasMissing(error)) return undefined;
        throw error;
      }
    },
    async pointAlias(key, alias) {
      await put(wire, 'registered-models/alias', { ...keyOf(key), alias });
    },
    async removeAlias(name, alias) {
      try {
        await remove(wire, 'registered-models/alias', { name, alias });
      } catch (error) {
        if (!isMissing(error) && !isAliasMissing(error)) throw error;
      }
    },

    async moveServerStage({ name, version, stage, others }) {
      const body = { name, version, stage, archive_existing_versions: others === 'archive' };
      return versionOf(await put(wire, 'model-versions/transition-stage', body));
    },
    async findLatestVersions(name, stages) {
      const body = { name, ...(stages.length === 0 ? {} : { stages }) };
      const answer = await put(wire, 'registered-models/get-latest-versions', body);
      return readObjects(answer, 'model_versions').map(readVersion);
    },

    async listFiles(version, folder, options) {
      const { subject, location } = await findFiles(wire, version);
      const root = proxiedPath(wire, subject, location);
      const below = folder === '' ? root : `${root}/${folder}`;
      const found = await listProxied(wire, below, options);
      return found.map((entry) => ({
        ...entry,
        path: folder === '' ? entry.path : `${folder}/${entry.path}`,
      }));
    },
    async openFile(version, path, options) {
      const { subject, location } = await findFiles(wire, version);
      const notFound = () => new ArtifactNotFoundError(subject, path);
      const address = `${proxyFolder(wire, subject, location)}/${encodePath(path)}`;
      return openProxied(wire, address, { notFound, ...options });
    },
  };
}

/** Only what names a version: what is given may be a whole one, and goes onto the wire. */
function keyOf({ name, version }: VersionKey): { readonly name: string; readonly version: string } {
  return { name, version };
}

async function findFiles(
  wire: Wire,
  { name, version, source }: Parameters<ModelStore['openFile']>[0],
): Promise<{ readonly subject: string; readonly location: string }> {
  const answer = await get(wire, 'model-versions/get-download-uri', { name, version });
  const location = readText(answer, 'artifact_uri') || source;
  if (!location.includes(':')) throw new SourceUnsupportedError(name, version, source);
  return { subject: `version ${version} of "${name}"`, location };
}

/** MLflow calls a missing alias an invalid value; only its words tell. */
function isAliasMissing(error: unknown): boolean {
  return error instanceof RemoteRefusedError && /alias .* not found/i.test(error.serverMessage);
}
