import { type DoubleRequest, type DoubleRoutes, listOf, tagsOf, text } from './double-route.ts';
import { invalid } from './refusal.ts';
import type { UnityCatalog, UnityModel, UnityService, UnityVersion } from './unity-catalog.ts';

const ROOT = '/api/2.1/unity-catalog';
const MODEL = `${ROOT}/models/{full_name}`;
const VERSION = `${MODEL}/versions/{version}`;

/** Aliases are given to who asks for them. */
type Detail = 'bare' | 'aliases';

interface TagChanges {
  readonly add_tags?: readonly { readonly key: string; readonly value: string }[];
  readonly remove?: readonly string[];
}

/** Unity Catalog's registry of models in its own words. */
export function unityNativeRoutes(
  catalog: UnityCatalog,
  { page, storage }: UnityService,
): DoubleRoutes {
  const name = (request: DoubleRequest) => text(request, 'full_name');
  const found = (request: DoubleRequest) =>
    catalog.version(name(request), text(request, 'version'));
  const wantsAliases = ({ fields }: DoubleRequest): Detail =>
    fields['include_aliases'] === true ? 'aliases' : 'bare';
  const wire = (model: UnityModel, one: UnityVersion, detail: Detail) => ({
    ...wireVersion(model, one, detail),
    storage_location: storage.location(model.name, one.version),
  });
  const show = (request: DoubleRequest, one: UnityVersion) =>
    wire(catalog.find(name(request)), one, wantsAliases(request));
  const changeTags = (tags: Map<string, string>, changes: TagChanges) => {
    for (const { key, value } of changes.add_tags ?? []) catalog.setTag(tags, key, value);
    for (const key of changes.remove ?? []) tags.delete(key);
    return {};
  };
  const checkFunction = (request: DoubleRequest) => {
    if (text(request, 'securable_type') !== 'FUNCTION') throw invalid('Unknown securable type.');
  };
  const joined = ({ fields }: DoubleRequest, model: string) =>
    `${fields['catalog_name']}.${fields['schema_name']}.${fields[model]}`;

  return {
    [`POST ${ROOT}/models`]: (request) => {
      const comment = text(request, 'comment');
      const tags = tagsOf(request.fields['tags']);
      return wireModel(catalog.create(joined(request, 'name'), { comment, tags }), 'bare');
    },
    [`GET ${MODEL}`]: (request) => wireModel(catalog.find(name(request)), wantsAliases(request)),
    [`PATCH ${MODEL}`]: (request) => {
      const newName = text(request, 'new_name');
      if (newName.includes('.')) throw invalid('A new name has one part.');
      const [catalogName, schemaName] = name(request).split('.');
      const model =
        newName === ''
          ? catalog.find(name(request))
          : catalog.rename(name(request), `${catalogName}.${schemaName}.${newName}`);
      if (newName === '') model.comment = text(request, 'comment');
      return wireModel(model, 'bare');
    },
    [`DELETE ${MODEL}`]: (request) => {
      catalog.remove(name(request));
      return {};
    },
    [`GET ${ROOT}/models`]: (request) => {
      const { items, token } = page(request, catalog.models());
      const bare = items.map((model) => ({ ...wireModel(model, 'bare'), tags: [] }));
      return { registered_models: bare, next_page_token: token };
    },
    [`PUT ${MODEL}/aliases/{alias}`]: (request) => {
      const { version } = catalog.version(name(request), Number(request.fields['version_num']));
      catalog.find(name(request)).aliases.set(text(request, 'alias'), version);
      return {};
    },
    [`GET ${MODEL}/aliases/{alias}`]: (request) =>
      show(request, catalog.byAlias(name(request), text(request, 'alias'))),
    [`DELETE ${MODEL}/aliases/{alias}`]: (request) => {
      catalog.byAlias(name(request), text(request, 'alias'));
      catalog.find(name(request)).aliases.delete(text(request, 'alias'));
      return {};
    },
    [`PATCH ${ROOT}/securable-tags/{securable_type}/{securable_full_name}`]: (request) => {
      checkFunction(request);
      const { tags } = catalog.find(text(request, 'securable_full_name'));
      return changeTags(tags, request.fields['changes'] as TagChanges);
    },
    [`PATCH ${ROOT}/subentity-tags/{securable_type}/{securable_full_name}/{subentity_name}`]: (
      request,
    ) => {
      checkFunction(request);
      const { tags } = catalog.version(
        text(request, 'securable_full_name'),
        text(request, 'subentity_name'),
      );
      return changeTags(tags, request.fields['changes'] as TagChanges);
    },

    [`POST ${ROOT}/models/versions`]: (request) => {
      const full = joined(request, 'model_name');
      const made = catalog.createVersion(full, {
        source: text(request, 'source'),
        runId: text(request, 'run_id'),
        modelId: text(request, 'model_id'),
        comment: text(request, 'comment'),
        tags: tagsOf(request.fields['tags']),
      });
      return wire(catalog.find(full), made, 'bare');
    },
    [`GET ${VERSION}`]: (request) => show(request, found(request)),
    [`PATCH ${VERSION}`]: (request) => {
      found(request).comment = text(request, 'comment');
      return show(request, found(request));
    },
    [`DELETE ${VERSION}`]: (request) => {
      catalog.removeVersion(name(request), text(request, 'version'));
      return {};
    },
    [`GET ${MODEL}/versions`]: (request) => {
      const model = catalog.find(name(request));
      const { items, token } = page(request, [...model.versions.values()]);
      const bare = items.map((one) => ({ ...wire(model, one, 'bare'), tags: [] }));
      return { model_versions: bare, next_page_token: token };
    },
    [`PATCH ${VERSION}/finalize`]: (request) => {
      found(request).status = 'READY';
      return show(request, found(request));
    },
    [`POST ${ROOT}/temporary-model-version-credentials`]: (request) => {
      const full = joined(request, 'model_name');
      const { version } = catalog.version(full, Number(request.fields['version']));
      const purpose = text(request, 'operation').replace('_MODEL_VERSION', '');
      return storage.grant(full, version, purpose as 'READ');
    },
  };
}

function partsOf(name: string) {
  const [catalog_name, schema_name, model] = name.split('.');
  return { catalog_name, schema_name, model };
}

function wireModel(model: UnityModel, detail: Detail): object {
  const { model: name, ...parts } = partsOf(model.name);
  return {
    ...parts,
    name,
    full_name: model.name,
    comment: model.comment,
    created_at: model.createdAt,
    updated_at: model.updatedAt,
    created_by: 'double',
    tags: listOf(Object.fromEntries(model.tags)),
    ...(detail === 'aliases' ? { aliases: aliasesOf(model) } : {}),
  };
}

function wireVersion(model: UnityModel, one: UnityVersion, detail: Detail): object {
  const { model: model_name, ...parts } = partsOf(model.name);
  const aliases = aliasesOf(model).filter(({ version_num }) => version_num === one.version);
  return {
    ...parts,
    model_name,
    version: one.version,
    comment: one.comment,
    source: one.source,
    run_id: one.runId,
    model_id: one.modelId,
    status: one.status,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    created_by: 'double',
    tags: listOf(Object.fromEntries(one.tags)),
    ...(detail === 'aliases' ? { aliases } : {}),
  };
}

function aliasesOf(model: UnityModel) {
  return [...model.aliases].map(([alias_name, version_num]) => ({ alias_name, version_num }));
}
