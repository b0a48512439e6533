import type { DoubleRequest } from './double-route.ts';
import { Refusal, invalid, missing } from './refusal.ts';

/** A model of the catalog. */
export interface UnityModel {
  name: string;
  comment: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly tags: Map<string, string>;
  readonly aliases: Map<string, number>;
  readonly versions: Map<number, UnityVersion>;
  nextVersion: number;
}

export interface UnityVersion {
  readonly version: number;
  readonly source: string;
  readonly runId: string;
  readonly modelId: string;
  comment: string;
  readonly createdAt: number;
  updatedAt: number;
  status: 'PENDING_REGISTRATION' | 'READY';
  readonly tags: Map<string, string>;
}

export interface NewUnityVersion {
  readonly source: string;
  readonly runId: string;
  readonly modelId: string;
  readonly comment: string;
  readonly tags: { readonly [key: string]: string };
}

/** What both dialects do alike. */
export interface UnityService {
  readonly page: <T>(
    request: DoubleRequest,
    items: readonly T[],
  ) => { readonly items: T[]; readonly token?: string };
  /** Where the files of a version lie, and what opens that. */
  readonly storage: UnityStorage;
}

/** What the service knows of the storage of versions. */
export interface UnityStorage {
  location(name: string, version: number): string;
  /** The fields of temporary credentials. */
  grant(name: string, version: number, purpose: 'READ' | 'READ_WRITE'): object;
}

/** What both dialects speak about. */
export interface UnityCatalog {
  models(): UnityModel[];
  find(name: string): UnityModel;
  create(
    name: string,
    model: { readonly comment: string; readonly tags: { readonly [key: string]: string } },
  ): UnityModel;
  rename(name: string, newName: string): UnityModel;
  remove(name: string): void;
  createVersion(name: string, version: NewUnityVersion): UnityVersion;
  version(name: string, version: string | number): UnityVersion;
  removeVersion(name: string, version: string | number): void;
  byAlias(name: string, alias: string): UnityVersion;
  setTag(tags: Map<string, string>, key: string, value: string): void;
}

const MOST_TAGS = 50;

/** A catalog with what the documentation says of names and tags. */
export function createUnityCatalog(): UnityCatalog {
  const models = new Map<string, UnityModel>();

  function setTag(tags: Map<string, string>, key: string, value: string): void {
    if (/[.,\-=/:]/.test(key)) {
      throw invalid(
        `Tag name ${key} contains one or more of the reserved characters: List(., ,, -, =, /, :)`,
      );
    }
    if (key === '' || key.length > 255 || key.trim() !== key) throw invalid('Invalid tag key.');
    if (value.length > 1000 || value.trim() !== value) throw invalid('Invalid tag value.');
    tags.set(key, value);
    if (tags.size > MOST_TAGS) throw invalid(`More than ${MOST_TAGS} tags.`);
  }
  function withTags(tags: { readonly [key: string]: string }): Map<string, string> {
    const kept = new Map<string, string>();
    for (const [key, value] of Object.entries(tags)) setTag(kept, key, value);
    return kept;
  }
  function find(name: string): UnityModel {
    const model = models.get(name.toLowerCase());
    if (model === undefined) throw missing(`Registered model '${name}'`);
    return model;
  }
  function version(name: string, number: string | number): UnityVersion {
    const found = find(name).versions.get(Number(number));
    if (found === undefined) throw missing(`Model version '${name}' ${number}`);
    return found;
  }
  function checkFree(name: string): string {
    const parts = name.split('.');
    if (parts.length !== 3 || parts.some((part) => !/^[^\s/.]+$/.test(part))) {
      throw invalid(`'${name}' is no name: please specify all three levels.`);
    }
    if (models.has(name.toLowerCase())) {
      throw new Refusal(409, 'RESOURCE_ALREADY_EXISTS', `'${name}' already exists.`);
    }
    return name.toLowerCase();
  }

  return {
    models: () => [...models.values()],
    find,
    version,
    setTag,
    create(given, { comment, tags }) {
      const name = checkFree(given);
      const at = Date.now();
      const model: UnityModel = {
        name,
        comment,
        createdAt: at,
        updatedAt: at,
        tags: withTags(tags),
        aliases: new Map(),
        versions: new Map(),
        nextVersion: 1,
      };
      models.set(name, model);
      return model;
    },
    rename(name, newName) {
      const model = find(name);
      const free = checkFree(newName);
      models.delete(model.name);
      model.name = free;
      models.set(free, model);
      return model;
    },
    remove(name) {
      models.delete(find(name).name);
    },
    createVersion(name, { source, runId, modelId, comment, tags }) {
      const model = find(name);
      const at = Date.now();
      const made: UnityVersion = {
        version: model.nextVersion++,
        source,
        runId,
        modelId,
        comment,
        createdAt: at,
        updatedAt: at,
        status: 'PENDING_REGISTRATION',
        tags: withTags(tags),
      };
      model.versions.set(made.version, made);
      return made;
    },
    removeVersion(name, number) {
      const model = find(name);
      const removed = version(name, number);
      model.versions.delete(removed.version);
      for (const [alias, held] of model.aliases) {
        if (held === removed.version) model.aliases.delete(alias);
      }
    },
    byAlias(name, alias) {
      const held = find(name).aliases.get(alias);
      if (held === undefined) throw missing(`Alias '${alias}' of '${name}'`);
      return version(name, held);
    },
  };
}
