import type { DatasetName, DatasetOrder } from '@gnu-mlops/registry-client';

/** An order of logged models as the protocol writes it. */
export interface WireModelOrder {
  readonly field_name: string;
  readonly ascending?: boolean;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}

/** A data set as the protocol writes it; an empty digest is none. */
export function readDatasetName(sent: {
  readonly dataset_name: string;
  readonly dataset_digest?: string;
}): DatasetName {
  const { dataset_name: datasetName, dataset_digest: digest = '' } = sent;
  return { datasetName, ...(digest === '' ? {} : { datasetDigest: digest }) };
}

/** An order; keys of metrics and tags may hold anything. */
export function readModelOrder(sent: WireModelOrder): string | DatasetOrder {
  const { field_name: field, ascending = true, dataset_name: dataset = '' } = sent;
  const orderBy = `${quoteKey(field)} ${ascending ? 'ASC' : 'DESC'}`;
  return dataset === ''
    ? orderBy
    : { orderBy, ...readDatasetName({ ...sent, dataset_name: dataset }) };
}

/** `metrics.my key` as metrics.`my key`. */
function quoteKey(field: string): string {
  const match = /^(metrics|params|tags|attributes)\.([^`"]+)$/.exec(field);
  return match === null ? field : `${match[1]!}.\`${match[2]!}\``;
}
