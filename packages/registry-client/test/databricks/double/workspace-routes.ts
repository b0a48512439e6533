import type { MlflowStage, ModelVersion } from '../../../src/entities.ts';
import { parseRunsUri } from '../../../src/model-source.ts';
import type { Registry } from '../../../src/registry.ts';
import { STAGE_TAG } from '../../../src/stage-aliases.ts';
import { type DoubleRequest, type DoubleRoutes, tagsOf, text } from './double-route.ts';
import { invalid, missing } from './refusal.ts';
import type { Storage } from './storage.ts';
import { wireModel, wireVersion } from './wire-forms.ts';

const API = '/api/2.0/mlflow';
/** The embedded registry keeps this tag to itself; a workspace knows nothing special about it. */
const STAND_IN = 'stand.in.for.stage.tag';

/**
 * The registry of models of a workspace, kept in an embedded registry: stages and no aliases; files
 * of a version are copied while it is PENDING_REGISTRATION.
 */
export function workspaceRoutes(store: Registry, storage: Storage): DoubleRoutes {
  const looks = new Map<string, number>();
  const nothing = async (done: Promise<unknown>) => {
    await done;
    return {};
  };
  const name = (request: DoubleRequest) => text(request, 'name');
  const version = (request: DoubleRequest) => text(request, 'version');
  const filesOf = (request: DoubleRequest) => `versions/${name(request)}/${version(request)}`;
  const search = ({ fields }: DoubleRequest) => ({
    ...(fields['filter'] === undefined ? {} : { filter: standIn(String(fields['filter'])) }),
    ...(fields['order_by'] === undefined ? {} : { orderBy: fields['order_by'] as string[] }),
    ...(fields['max_results'] === undefined ? {} : { maxResults: Number(fields['max_results']) }),
    ...(fields['page_token'] === undefined ? {} : { pageToken: String(fields['page_token']) }),
  });
  const shown = (found: ModelVersion, status = found.status) =>
    wireVersion({ ...found, status, tags: renamed(found.tags, STAND_IN, STAGE_TAG) });
  const noAliases = () => {
    throw invalid('Aliases are not supported in the workspace model registry.');
  };

  return {
    [`POST ${API}/registered-models/create`]: async (request) => {
      if (/[./:]/.test(name(request))) throw invalid(`Invalid name '${name(request)}'.`);
      const description = text(request, 'description');
      const tags = tagsOf(request.fields['tags']);
      const made = await store.createRegisteredModel(name(request), { description, tags });
      return { registered_model: wireModel(made) };
    },
    [`GET ${API}/registered-models/get`]: async (request) => {
      const model = await store.findRegisteredModel(name(request));
      if (model === undefined) throw missing(`RegisteredModel '${name(request)}'`);
      return { registered_model: wireModel(model) };
    },
    [`PATCH ${API}/registered-models/update`]: (request) =>
      nothing(
        store.updateRegisteredModel(name(request), { description: text(request, 'description') }),
      ),
    [`POST ${API}/registered-models/rename`]: (request) =>
      nothing(store.renameRegisteredModel(name(request), text(request, 'new_name'))),
    [`DELETE ${API}/registered-models/delete`]: (request) =>
      nothing(store.deleteRegisteredModel(name(request))),
    [`POST ${API}/registered-models/set-tag`]: (request) =>
      nothing(
        store.setRegisteredModelTag(name(request), text(request, 'key'), text(request, 'value')),
      ),
    [`DELETE ${API}/registered-models/delete-tag`]: (request) =>
      nothing(store.deleteRegisteredModelTag(name(request), text(request, 'key'))),
    [`GET ${API}/registered-models/search`]: async (request) => {
      const page = await store.searchRegisteredModels(search(request));
      return { registered_models: page.items.map(wireModel), next_page_token: page.nextPageToken };
    },
    [`POST ${API}/registered-models/get-latest-versions`]: async (request) => {
      const stages = (request.fields['stages'] ?? []) as MlflowStage[];
      const found = await store.findLatestVersions(
        name(request),
        ...(stages.length === 0 ? [] : [stages]),
      );
      return { model_versions: found.map((one) => shown(one)) };
    },
    [`POST ${API}/registered-models/alias`]: noAliases,
    [`GET ${API}/registered-models/alias`]: noAliases,
    [`DELETE ${API}/registered-models/alias`]: noAliases,

    [`POST ${API}/model-versions/create`]: async (request) => {
      const optional = {
        runId: request.fields['run_id'],
        runLink: request.fields['run_link'],
        modelId: request.fields['model_id'],
      } as Record<string, string | undefined>;
      const source = text(request, 'source');
      const made = await store.createModelVersion({
        name: name(request),
        source,
        description: text(request, 'description'),
        tags: renamed(tagsOf(request.fields['tags']), STAGE_TAG, STAND_IN),
        createdAt: Date.now(),
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
      });
      copyFiles(storage, source, `versions/${made.name}/${made.version}`);
      looks.set(`${made.name}/${made.version}`, 0);
      return { model_version: shown(made, 'PENDING_REGISTRATION') };
    },
    [`GET ${API}/model-versions/get`]: async (request) => {
      const found = await store.getModelVersion(name(request), version(request));
      const key = `${found.name}/${found.version}`;
      const seen = looks.get(key) ?? 9;
      looks.set(key, seen + 1);
      return { model_version: shown(found, seen < 1 ? 'PENDING_REGISTRATION' : 'READY') };
    },
    [`PATCH ${API}/model-versions/update`]: (request) =>
      nothing(
        store.updateModelVersion(name(request), version(request), {
          description: text(request, 'description'),
        }),
      ),
    [`DELETE ${API}/model-versions/delete`]: (request) =>
      nothing(store.deleteModelVersion(name(request), version(request))),
    [`POST ${API}/model-versions/set-tag`]: (request) => {
      const key = text(request, 'key') === STAGE_TAG ? STAND_IN : text(request, 'key');
      const value = text(request, 'value');
      return nothing(store.setModelVersionTag(name(request), version(request), key, value));
    },
    [`DELETE ${API}/model-versions/delete-tag`]: (request) =>
      nothing(store.deleteModelVersionTag(name(request), version(request), text(request, 'key'))),
    [`GET ${API}/model-versions/search`]: async (request) => {
      const page = await store.searchModelVersions(search(request));
      return {
        model_versions: page.items.map((one) => shown(one)),
        next_page_token: page.nextPageToken,
      };
    },
    [`GET ${API}/model-versions/get-download-uri`]: async (request) => {
      await store.getModelVersion(name(request), version(request));
      return { artifact_uri: `dbfs:/databricks/mlflow-registry/${filesOf(request)}` };
    },
    [`POST ${API}/databricks/model-versions/transition-stage`]: async (request) => {
      const moved = await store.moveMlflowStage({
        name: name(request),
        version: version(request),
        stage: text(request, 'stage') as MlflowStage,
        others: request.fields['archive_existing_versions'] === true ? 'archive' : 'keep',
      });
      return { model_version_databricks: shown(moved) };
    },
    [`GET ${API}/model-versions/list-artifacts`]: async (request) => {
      await store.getModelVersion(name(request), version(request));
      const root = filesOf(request);
      const folder = text(request, 'path');
      const found = storage.list(folder === '' ? root : `${root}/${folder}`);
      const files = found.map(({ path, sizeBytes }) => ({
        path: path.slice(root.length + 1),
        is_dir: sizeBytes === undefined,
        ...(sizeBytes === undefined ? {} : { file_size: sizeBytes }),
      }));
      return { files };
    },
    [`GET ${API}/model-versions/get-signed-download-uri`]: (request) => {
      const { url, headers } = storage.sign(`${filesOf(request)}/${text(request, 'path')}`, 'GET');
      return { signed_uri: url, headers };
    },
  };
}

function copyFiles(storage: Storage, source: string, target: string): void {
  const run = parseRunsUri(source);
  const modelId = /^models:\/(m-\w+)$/.exec(source)?.[1];
  const root = run === undefined ? `logged/${modelId}` : `runs/${run.runId}/${run.folder}`;
  for (const [path, bytes] of [...storage.files]) {
    if (path.startsWith(`${root}/`)) storage.files.set(target + path.slice(root.length), bytes);
  }
}

function renamed(tags: { readonly [key: string]: string }, from: string, to: string) {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key === from ? to : key, value]),
  );
}

function standIn(filter: string): string {
  return filter.replaceAll(`\`${STAGE_TAG}\``, `\`${STAND_IN}\``);
}
