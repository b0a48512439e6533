import type { CallOptions } from '../call-options.ts';
import type {
  Artifact,
  ArtifactStream,
  MlflowStage,
  ModelVersion,
  Page,
  RegisteredModel,
  Tags,
} from '../entities.ts';
import type { NewModelVersion, SearchRequest } from '../registry.ts';

/** A version by its two names. */
export interface VersionKey {
  readonly name: string;
  readonly version: string;
}

/** One tag. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface NewRegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
}

/** A move in a server's own stages. */
export interface ServerStageMove extends VersionKey {
  readonly stage: MlflowStage;
  readonly others: 'keep' | 'archive';
  /** What the server notes about it, where it does. */
  readonly comment?: string;
}

/**
 * Registered models and versions as one kind of server keeps them. What all registries have in common
 * (names, values, what follows the stages) is checked above it. What is asked about something that is
 * not there is refused by the server's RESOURCE_DOES_NOT_EXIST, where it says nothing else.
 */
export interface ModelStore {
  /** Whether the server has MLflow's own stages. */
  readonly hasStages: boolean;
  /** Whether it keeps the files of versions itself, wherever they came from. */
  readonly keepsFiles: boolean;
  /**
   * The name as the server knows it.
   *
   * @throws {NameInvalidError} for one that no model can have there.
   */
  resolveName(name: string): string;
  /**
   * Check what the server asks of a tag beyond what all registries do.
   *
   * @throws {NameInvalidError | ValueInvalidError}
   */
  checkTag(tag: Tag): void;

  findModel(name: string): Promise<RegisteredModel | undefined>;
  /** @throws {AlreadyExistsError} */
  createModel(model: NewRegisteredModel): Promise<RegisteredModel>;
  updateModel(name: string, description: string): Promise<void>;
  /** @throws {AlreadyExistsError} */
  renameModel(name: string, newName: string): Promise<void>;
  deleteModel(name: string): Promise<void>;
  setModelTag(name: string, tag: Tag): Promise<void>;
  deleteModelTag(name: string, key: string): Promise<void>;
  searchModels(request: SearchRequest, options: CallOptions): Promise<Page<RegisteredModel>>;

  createVersion(version: NewModelVersion): Promise<ModelVersion>;
  getVersion(key: VersionKey): Promise<ModelVersion>;
  updateVersion(key: VersionKey, description: string): Promise<void>;
  deleteVersion(key: VersionKey): Promise<void>;
  setVersionTag(key: VersionKey, tag: Tag): Promise<void>;
  deleteVersionTag(key: VersionKey, tagKey: string): Promise<void>;
  searchVersions(request: SearchRequest, options: CallOptions): Promise<Page<ModelVersion>>;
  getDownloadUri(key: VersionKey): Promise<string>;

  findByAlias(name: string, alias: string): Promise<ModelVersion | undefined>;
  pointAlias(key: VersionKey, alias: string): Promise<void>;
  /** One that is not there is fine. */
  removeAlias(name: string, alias: string): Promise<void>;

  /** @throws {OperationUnsupportedError} where there are no such stages. */
  moveServerStage(move: ServerStageMove): Promise<ModelVersion>;
  /** @throws {OperationUnsupportedError} where there are no such stages. */
  findLatestVersions(name: string, stages: readonly MlflowStage[]): Promise<ModelVersion[]>;

  listFiles(version: ModelVersion, folder: string, options: CallOptions): Promise<Artifact[]>;
  /** @throws {ArtifactNotFoundError} */
  openFile(version: ModelVersion, path: string, options: CallOptions): Promise<ArtifactStream>;
}
