import { type DoubleRequest, type DoubleRoutes, listOf, tagsOf, text } from './double-route.ts';
import { invalid } from './refusal.ts';
import type { UnityCatalog, UnityModel, UnityService, UnityVersion } from './unity-catalog.ts';

const MODELS = '/api/2.0/mlflow/unity-catalog/registered-models';
const VERSIONS = '/api/2.0/mlflow/unity-catalog/model-versions';

/** Unity Catalog's registry of models in MLflow's words. */
export function unityMlflowRoutes(
  catalog: UnityCatalog,
  { page, storage }: UnityService,
): DoubleRoutes {
  const name = (request: DoubleRequest) => text(request, 'name');
  const version = (request: DoubleRequest) => text(request, 'version');
  const found = (request: DoubleRequest) => catalog.version(name(request), version(request));
  const wire = (model: UnityModel, one: UnityVersion) => ({
    ...wireVersion(model, one),
    storage_location: storage.location(model.name, one.version),
  });
  const answer = (request: DoubleRequest, one: UnityVersion) => ({
    model_version: wire(catalog.find(name(request)), one),
  });

  return {
    [`POST ${MODELS}/create`]: (request) => {
      const comment = text(request, 'description');
      const made = catalog.create(name(request), { comment, tags: tagsOf(request.fields['tags']) });
      return { registered_model: wireModel(made) };
    },
    [`GET ${MODELS}/get`]: (request) => ({
      registered_model: wireModel(catalog.find(name(request))),
    }),
    [`PATCH ${MODELS}/update`]: (request) => {
      const newName = text(request, 'new_name');
      const model =
        newName === '' ? catalog.find(name(request)) : catalog.rename(name(request), newName);
      if (newName === '') model.comment = text(request, 'description');
      return { registered_model: wireModel(model) };
    },
    [`DELETE ${MODELS}/delete`]: (request) => {
      catalog.remove(name(request));
      return {};
    },
    [`GET ${MODELS}/search`]: (request) => {
      const { items, token } = page(request, catalog.models());
      const bare = items.map((model) => ({ ...wireModel(model), tags: [], aliases: [] }));
      return { registered_models: bare, next_page_token: token };
    },
    [`POST ${MODELS}/set-tag`]: (request) => {
      catalog.setTag(
        catalog.find(name(request)).tags,
        text(request, 'key'),
        text(request, 'value'),
      );
      return {};
    },
    [`DELETE ${MODELS}/delete-tag`]: (request) => {
      catalog.find(name(request)).tags.delete(text(request, 'key'));
      return {};
    },
    [`POST ${MODELS}/alias`]: (request) => {
      catalog.find(name(request)).aliases.set(text(request, 'alias'), found(request).version);
      return {};
    },
    [`GET ${MODELS}/alias`]: (request) =>
      answer(request, catalog.byAlias(name(request), text(request, 'alias'))),
    [`DELETE ${MODELS}/alias`]: (request) => {
      catalog.byAlias(name(request), text(request, 'alias'));
      catalog.find(name(request)).aliases.delete(text(request, 'alias'));
      return {};
    },

    [`POST ${VERSIONS}/create`]: (request) => {
      const made = catalog.createVersion(name(request), {
        source: text(request, 'source'),
        runId: text(request, 'run_id'),
        modelId: text(request, 'model_id'),
        comment: text(request, 'description'),
        tags: tagsOf(request.fields['tags']),
      });
      return answer(request, made);
    },
    [`GET ${VERSIONS}/get`]: (request) => answer(request, found(request)),
    [`PATCH ${VERSIONS}/update`]: (request) => {
      found(request).comment = text(request, 'description');
      return answer(request, found(request));
    },
    [`DELETE ${VERSIONS}/delete`]: (request) => {
      catalog.removeVersion(name(request), version(request));
      return {};
    },
    [`GET ${VERSIONS}/search`]: (request) => {
      const match = /^name\s*=\s*'([^']+)'$/.exec(text(request, 'filter'));
      if (match === null) throw invalid('Only a filter by name is supported.');
      const model = catalog.find(match[1]!);
      const { items, token } = page(request, [...model.versions.values()]);
      const bare = items.map((one) => ({ ...wire(model, one), tags: [], aliases: [] }));
      return { model_versions: bare, next_page_token: token };
    },
    [`POST ${VERSIONS}/finalize`]: (request) => {
      found(request).status = 'READY';
      return answer(request, found(request));
    },
    [`POST ${VERSIONS}/generate-temporary-credentials`]: (request) => {
      const purpose = text(request, 'operation').replace('MODEL_VERSION_OPERATION_', '');
      const { version } = found(request);
      return { credentials: storage.grant(name(request), version, purpose as 'READ') };
    },
    [`GET ${VERSIONS}/get-download-uri`]: (request) => {
      const { version } = found(request);
      return { artifact_uri: storage.location(name(request), version) };
    },
    [`POST ${VERSIONS}/set-tag`]: (request) => {
      catalog.setTag(found(request).tags, text(request, 'key'), text(request, 'value'));
      return {};
    },
    [`DELETE ${VERSIONS}/delete-tag`]: (request) => {
      found(request).tags.delete(text(request, 'key'));
      return {};
    },
  };
}

function wireModel(model: UnityModel): object {
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    user_id: 'double',
    description: model.comment,
    tags: listOf(Object.fromEntries(model.tags)),
    aliases: [...model.aliases].map(([alias, version]) => ({ alias, version: String(version) })),
  };
}

function wireVersion(model: UnityModel, one: UnityVersion): object {
  return {
    name: model.name,
    version: String(one.version),
    creation_timestamp: one.createdAt,
    last_updated_timestamp: one.updatedAt,
    user_id: 'double',
    description: one.comment,
    source: one.source,
    run_id: one.runId,
    model_id: one.modelId,
    status: one.status,
    tags: listOf(Object.fromEntries(one.tags)),
    aliases: [...model.aliases]
      .filter(([, held]) => held === one.version)
      .map(([alias]) => ({ alias, version: String(one.version) })),
  };
}
