import type { ModelVersion, RegisteredModel, Tags } from '../entities.ts';
import { AlreadyExistsError } from '../conflict-errors.ts';
import { OperationUnsupportedError } from '../store-errors.ts';
import type { ModelStore, Tag } from '../http/model-store.ts';
import { readStage } from '../http/read-entities.ts';
import { type Wire, isTaken, orFail, orMissing } from '../http/remote.ts';
import { modelGrammar, versionGrammar } from '../http/search-grammar.ts';
import { STAGE_TAG } from '../stage-aliases.ts';
import type { S3Options } from './cloud/s3-endpoint.ts';
import { type UnityRegistration, registerUnityVersion } from './register-unity-version.ts';
import type { UnityDialect } from './unity-dialect.ts';
import { createUnityFiles } from './unity-files.ts';
import { type UnityDefaults, resolveUnityName, splitUnityName } from './unity-names.ts';
import { modelOfFilter, modelValue, searchUnity, versionValue } from './unity-search.ts';
import { checkUnityTag, decodeTags, encodeTagKey } from './unity-tags.ts';

/** What surrounds Unity Catalog's registry of models. */
export interface UnitySurroundings extends UnityDefaults {
  readonly dialect: UnityDialect;
  /** How to reach storage of the customer's own. */
  readonly storage: S3Options;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly listSourceFiles: UnityRegistration['listSourceFiles'];
}

const noStages =
  'Unity Catalog has no stages. Use moveStage, which moves aliases, or aliases alone.';

/** The registry of models of Unity Catalog, in either dialect: aliases, no stages, files of its own. */
export function createUnityModelStore(
  wire: Wire,
  { dialect, storage, now, listSourceFiles, ...defaults }: UnitySurroundings,
): ModelStore {
  const files = createUnityFiles({ wire, dialect, storage, now });
  const resolveName = (name: string) => resolveUnityName(name, defaults);
  const orTaken = <T>(asked: Promise<T>, name: string) =>
    orFail(asked, (refusal) =>
      isTaken(refusal) ? new AlreadyExistsError('registered model', name) : undefined,
    );
  const unsupported = (operation: string) =>
    new OperationUnsupportedError(operation, wire.client.server, noStages);

  return {
    hasStages: false,
    keepsFiles: true,
    resolveName,
    checkTag: checkUnityTag,

    async findModel(name) {
      const model = await orMissing(dialect.getModel(name));
      return model === undefined ? undefined : decoded(model);
    },
    async createModel({ name, description, tags }) {
      const model = { name, description, tags: encodeTags(tags) };
      return decoded(await orTaken(dialect.createModel(model), name));
    },
    updateModel: (name, description) => dialect.updateModel(name, { description }),
    async renameModel(name, newName) {
      const [from, to] = [splitUnityName(name), splitUnityName(newName)];
      if (from.catalog !== to.catalog || from.schema !== to.schema) {
        const reason = 'a model of Unity Catalog stays in its catalog and schema. Copy it instead.';
        throw new OperationUnsupportedError('renameRegisteredModel', wire.client.server, reason);
      }
      await orTaken(dialect.renameModel(name, newName), newName);
    },
    deleteModel: (name) => dialect.deleteModel(name),
    setModelTag: (name, tag) => dialect.setModelTag(name, encodeTag(tag)),
    deleteModelTag: (name, key) => dialect.deleteModelTag(name, encodeTagKey(key)),
    searchModels: (request, options) =>
      searchUnity(
        {
          grammar: modelGrammar,
          list: (page) => dialect.listModels(page),
          complete: async ({ name }) => {
            const model = await orMissing(dialect.getModel(name));
            return model === undefined ? undefined : decoded(model);
          },
          valueOf: modelValue,
          compare: (a, b) => (a.name < b.name ? -1 : 1),
        },
        request,
        options,
      ),

    async createVersion(version) {
      const tags = encodeTags(version.tags ?? {});
      const registration = { dialect, files, listSourceFiles };
      return decoded(await registerUnityVersion(registration, { ...version, tags }));
    },
    getVersion: async (key) => decoded(await dialect.getVersion(key)),
    updateVersion: (key, description) => dialect.updateVersion(key, description),
    deleteVersion: (key) => dialect.deleteVersion(key),
    setVersionTag: (key, tag) => dialect.setVersionTag(key, encodeTag(tag)),
    deleteVersionTag: (key, tagKey) => dialect.deleteVersionTag(key, encodeTagKey(tagKey)),
    searchVersions: async (request, options) => {
      const given = modelOfFilter(request.filter ?? '');
      const name = resolveName(given);
      return searchUnity(
        {
          grammar: versionGrammar,
          list: async (page) =>
            (await orMissing(dialect.listVersions(name, page))) ?? { items: [] },
          complete: async (key) => {
            const version = await orMissing(dialect.getVersion(key));
            return version === undefined ? undefined : decoded(version);
          },
          // The name as the filter has it, which may be shorter.
          valueOf: (version, comparison) => versionValue({ ...version, name: given }, comparison),
          compare: (a, b) => Number(b.version) - Number(a.version),
        },
        request,
        options,
      );
    },
    getDownloadUri: (key) => dialect.getDownloadUri(key),

    async findByAlias(name, alias) {
      const version = await orMissing(dialect.getByAlias(name, alias));
      return version === undefined ? undefined : decoded(version);
    },
    pointAlias: (key, alias) => dialect.setAlias(key, alias),
    async removeAlias(name, alias) {
      await orMissing(dialect.deleteAlias(name, alias));
    },

    moveServerStage: async () => {
      throw unsupported('moveMlflowStage');
    },
    findLatestVersions: async () => {
      throw unsupported('findLatestVersions');
    },
    listFiles: (version, folder, options) => files.list(version, folder, options),
    openFile: (version, path, options) => files.open(version, path, options),
  };
}

function decoded<T extends RegisteredModel | ModelVersion>(item: T): T {
  const tags = decodeTags(item.tags);
  return 'stage' in item ? { ...item, tags, stage: readStage(tags[STAGE_TAG]) } : { ...item, tags };
}

function encodeTag({ key, value }: Tag): Tag {
  return { key: encodeTagKey(key), value };
}

function encodeTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [encodeTagKey(key), value]));
}
