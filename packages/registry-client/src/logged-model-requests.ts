import type { LoggedModelStatus, ModelOutput, Tags } from './entities.ts';
import type { PageRequest } from './registry.ts';

/** A logged model to make: it is PENDING until it is finalized. */
export interface NewLoggedModel {
  readonly experimentId: string;
  /** Default: made up by the registry. */
  readonly name?: string;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly params?: Tags;
  readonly tags?: Tags;
}

/** How the making of a logged model ended. */
export type FinalLoggedModelStatus = Exclude<LoggedModelStatus, 'PENDING'>;

/** A data set by name and, where it matters, digest. */
export interface DatasetName {
  readonly datasetName: string;
  readonly datasetDigest?: string;
}

/** An order by a metric as it was measured on one data set. */
export interface DatasetOrder extends DatasetName {
  /** Such as `metrics.f1 DESC`. */
  readonly orderBy: string;
}

export interface SearchLoggedModelsRequest extends PageRequest {
  readonly experimentIds: readonly string[];
  /** In MLflow's grammar: `name`, `model_type`, `status`, `params.`, `tags.`, `metrics.`, ... */
  readonly filter?: string;
  /**
   * Only models that were measured on one of these, and conditions on metrics count only what was;
   * default: everything.
   */
  readonly datasets?: readonly DatasetName[];
  readonly orderBy?: readonly (string | DatasetOrder)[];
}

/** Which logged models a run read and made. */
export interface RunModels {
  /** Ids of logged models. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly ModelOutput[];
}
