import type { Artifact, ModelVersion, RegisteredModel } from '../entities.ts';
import { ArtifactNotFoundError } from '../artifact-errors.ts';
import { createMlflowModelStore } from '../http/mlflow-model-store.ts';
import type { ModelStore } from '../http/model-store.ts';
import { readVersion } from '../http/read-entities.ts';
import { readFileInfo } from '../http/list-owned.ts';
import { type Wire, create, get, isMissing, orFail } from '../http/remote.ts';
import { readObject, readObjects, readText } from '../http/wire-values.ts';
import { aliasTag, withAliases, withAliasesOf } from './alias-tags.ts';
import { awaitRegistration } from './await-registration.ts';
import { readSignedAddress } from './signed-address.ts';
import { openSigned } from './signed-transfer.ts';

/**
 * The registry of models of a workspace: MLflow's, with stages and without aliases. Tags of the model
 * stand for those. Versions keep files of their own, copied when they are made.
 */
export function createWorkspaceModelStore(wire: Wire, now: () => number): ModelStore {
  const mlflow = createMlflowModelStore(wire);

  async function findModel(name: string): Promise<RegisteredModel | undefined> {
    const model = await mlflow.findModel(name);
    return model === undefined ? undefined : withAliases(model);
  }
  async function dress(versions: readonly ModelVersion[]): Promise<ModelVersion[]> {
    const models = new Map<string, RegisteredModel | undefined>();
    for (const name of new Set(versions.map((version) => version.name))) {
      models.set(name, await findModel(name));
    }
    return versions.map((version) =>
      withAliasesOf(version, models.get(version.name) ?? { aliases: {} }),
    );
  }
  async function dressOne(version: ModelVersion): Promise<ModelVersion> {
    return (await dress([version]))[0]!;
  }
  async function forgetAliases(name: string, version: string): Promise<void> {
    const { aliases = {} } = (await findModel(name)) ?? {};
    for (const [alias, held] of Object.entries(aliases)) {
      if (held === version) await mlflow.deleteModelTag(name, aliasTag(alias));
    }
  }

  return {
    ...mlflow,
    keepsFiles: true,
    findModel,
    createModel: async (model) => withAliases(await mlflow.createModel(model)),
    async searchModels(request, options) {
      const page = await mlflow.searchModels(request, options);
      return { ...page, items: page.items.map(withAliases) };
    },

    async createVersion(version) {
      const made = await mlflow.createVersion(version);
      const look = () => mlflow.getVersion(made);
      const { server } = wire.client;
      return dressOne(await awaitRegistration(made, look, { server, now }));
    },
    getVersion: async (key) => dressOne(await mlflow.getVersion(key)),
    async deleteVersion(key) {
      await forgetAliases(key.name, key.version);
      await mlflow.deleteVersion(key);
    },
    async searchVersions(request, options) {
      const page = await mlflow.searchVersions(request, options);
      return { ...page, items: await dress(page.items) };
    },

    async findByAlias(name, alias) {
      const version = (await findModel(name))?.aliases[alias];
      if (version === undefined) return undefined;
      try {
        return await dressOne(await mlflow.getVersion({ name, version }));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async pointAlias({ name, version }, alias) {
      await mlflow.setModelTag(name, { key: aliasTag(alias), value: version });
    },
    async removeAlias(name, alias) {
      const { aliases = {} } = (await findModel(name)) ?? {};
      if (Object.hasOwn(aliases, alias)) await mlflow.deleteModelTag(name, aliasTag(alias));
    },

    async moveServerStage({ name, version, stage, others, comment }) {
      const body = {
        name,
        version,
        stage,
        archive_existing_versions: others === 'archive',
        ...(comment === undefined ? {} : { comment }),
      };
      // Not sent twice without need: every one shows in the model's activities.
      const answer = await create(wire, 'databricks/model-versions/transition-stage', body);
      return dressOne(readVersion(readObject(answer, 'model_version_databricks')));
    },
    findLatestVersions: async (name, stages) =>
      dress(await mlflow.findLatestVersions(name, stages)),

    async listFiles({ name, version }, folder, { signal }) {
      const found: Artifact[] = [];
      let token: string | undefined;
      do {
        const query = { name, version, path: folder, page_token: token };
        const answer = await get(wire, 'model-versions/list-artifacts', query, signal);
        for (const file of readObjects(answer, 'files').map(readFileInfo)) {
          // A file is listed in place of what a folder of its name would hold.
          if (file.path !== folder) found.push(file);
        }
        token = readText(answer, 'next_page_token') || undefined;
      } while (token !== undefined);
      return found;
    },
    async openFile({ name, version }, path, options) {
      const label = `"${path}" of version ${version} of "${name}"`;
      const notFound = () => new ArtifactNotFoundError(`version ${version} of "${name}"`, path);
      const sign = async () => {
        const asked = get(wire, 'model-versions/get-signed-download-uri', { name, version, path });
        const signed = orFail(asked, (refusal) => (isMissing(refusal) ? notFound() : undefined));
        return readSignedAddress(wire, await signed);
      };
      return openSigned(wire, sign, { label, notFound, ...options });
    },
  };
}
