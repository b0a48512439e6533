import type { S3Options } from './cloud/s3-endpoint.ts';

/** Which Databricks workspace to ask, as whom, and what is called what there. */
export interface DatabricksOptions {
  /** Such as `https://dbc-1234.cloud.databricks.com`, or the same without `https://`. */
  readonly host: string;
  readonly credentials: DatabricksRegistryCredentials;
  /**
   * The folder of the workspace that an experiment lies in whose name is no path; the ledgers of the
   * stages lie there too, so deployers must share it. Default `/Shared`.
   */
  readonly experimentFolder?: string;
  /** With `databricks-uc`: what completes the name of a model that has fewer than three parts. */
  readonly catalog?: string;
  readonly schema?: string;
  /**
   * With `databricks-uc`: which of the service's two interfaces to speak, `/api/2.0/mlflow/
   * unity-catalog` or `/api/2.1/unity-catalog`. Default `mlflow`.
   */
  readonly dialect?: 'mlflow' | 'native';
  /**
   * With `databricks-uc`: how to reach the customer's own buckets at Amazon's. Default: at Amazon's
   * public addresses, in the region that it names.
   */
  readonly storage?: S3Options;
}

/** A token, or OAuth of a service principal (client credentials). */
export type DatabricksRegistryCredentials =
  { readonly token: string } | { readonly clientId: string; readonly clientSecret: string };
