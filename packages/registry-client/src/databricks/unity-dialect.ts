import type { CallOptions } from '../call-options.ts';
import type { ModelVersion, Page, RegisteredModel } from '../entities.ts';
import type { NewRegisteredModel, Tag, VersionKey } from '../http/model-store.ts';
import type { NewModelVersion, PageRequest } from '../registry.ts';
import type { StoragePurpose, TemporaryCredentials } from './cloud/temporary-credentials.ts';

/**
 * One of the two interfaces of Unity Catalog's registry of models. Names are full. Keys of tags are as
 * the service keeps them; listings give neither tags nor aliases.
 */
export interface UnityDialect {
  getModel(name: string): Promise<RegisteredModel>;
  createModel(model: NewRegisteredModel): Promise<RegisteredModel>;
  updateModel(name: string, update: { readonly description: string }): Promise<void>;
  renameModel(name: string, newName: string): Promise<void>;
  deleteModel(name: string): Promise<void>;
  listModels(request: PageRequest & CallOptions): Promise<Page<RegisteredModel>>;
  setModelTag(name: string, tag: Tag): Promise<void>;
  deleteModelTag(name: string, key: string): Promise<void>;

  /** It is PENDING_REGISTRATION until its files are there and it is finalized. */
  createVersion(version: NewModelVersion): Promise<ModelVersion>;
  finalizeVersion(key: VersionKey): Promise<void>;
  getVersion(key: VersionKey): Promise<ModelVersion>;
  updateVersion(key: VersionKey, description: string): Promise<void>;
  deleteVersion(key: VersionKey): Promise<void>;
  listVersions(name: string, request: PageRequest & CallOptions): Promise<Page<ModelVersion>>;
  setVersionTag(key: VersionKey, tag: Tag): Promise<void>;
  deleteVersionTag(key: VersionKey, tagKey: string): Promise<void>;
  getDownloadUri(key: VersionKey): Promise<string>;
  /** Asks for what opens the storage of a version's files for a while. */
  getCredentials(key: VersionKey, purpose: StoragePurpose): Promise<TemporaryCredentials>;

  getByAlias(name: string, alias: string): Promise<ModelVersion>;
  setAlias(key: VersionKey, alias: string): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
}
