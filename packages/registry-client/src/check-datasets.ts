import { checkTags, checkText } from './check-values.ts';
import type { DatasetInput } from './entities.ts';
import { ValueInvalidError } from './value-errors.ts';
import { LIMITS } from './limits.ts';

/** @throws {ValueInvalidError} when there are too many, or one holds what no MLflow server takes. */
export function checkDatasets(datasets: readonly DatasetInput[]): void {
  if (datasets.length > LIMITS.datasetsPerCall) {
    throw new ValueInvalidError(
      'list of data sets',
      `holds ${datasets.length} where ${LIMITS.datasetsPerCall} are allowed.`,
    );
  }
  datasets.forEach(checkDataset);
}

function checkDataset(input: DatasetInput): void {
  checkText('name of the data set', input.name, LIMITS.datasetNameLength);
  checkText('digest of the data set', input.digest, LIMITS.datasetDigestLength);
  checkText('source type of the data set', input.sourceType, LIMITS.keyLength);
  checkText('source of the data set', input.source, LIMITS.datasetSourceLength);
  checkText('schema of the data set', input.schema ?? '', LIMITS.datasetSchemaLength);
  checkText('profile of the data set', input.profile ?? '', LIMITS.datasetProfileLength);
  checkText('context of the data set', input.context ?? '', LIMITS.keyLength);
  checkTags(input.tags ?? {}, LIMITS.datasetTagValueLength);
  if (input.name === '' || input.digest === '') {
    throw new ValueInvalidError('data set', 'needs a name and a digest.');
  }
}
