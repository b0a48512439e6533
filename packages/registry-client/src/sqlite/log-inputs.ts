import { checkText } from '../check-values.ts';
import type { DatasetInput } from '../entities.ts';
import { ValueInvalidError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { activeRunRow } from './run-rows.ts';
import type { Store } from './store.ts';

/**
 * Note which data sets a run read. The same data set in the same context again changes nothing.
 *
 * @throws {RunNotFoundError | DeletedError | ValueInvalidError}
 */
export function logInputs(store: Store, runId: string, datasets: readonly DatasetInput[]): void {
  if (datasets.length > LIMITS.datasetsPerCall) {
    throw new ValueInvalidError(
      'list of data sets',
      `holds ${datasets.length} where ${LIMITS.datasetsPerCall} are allowed.`,
    );
  }
  datasets.forEach(checkDataset);
  store.db.write('process', () => {
    activeRunRow(store, runId);
    for (const input of datasets) {
      store.db.run(
        `INSERT INTO run_inputs (run_id, name, digest, source_type, source, schema, profile, context)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        [
          runId,
          input.name,
          input.digest,
          input.sourceType,
          input.source,
          input.schema ?? null,
          input.profile ?? null,
          input.context ?? null,
        ],
      );
    }
  });
}

function checkDataset(input: DatasetInput): void {
  checkText('name of the data set', input.name, LIMITS.datasetNameLength);
  checkText('digest of the data set', input.digest, LIMITS.datasetDigestLength);
  checkText('source type of the data set', input.sourceType, LIMITS.keyLength);
  checkText('source of the data set', input.source, LIMITS.datasetSourceLength);
  checkText('schema of the data set', input.schema ?? '', LIMITS.datasetSchemaLength);
  checkText('profile of the data set', input.profile ?? '', LIMITS.datasetProfileLength);
  checkText('context of the data set', input.context ?? '', LIMITS.keyLength);
  if (input.name === '' || input.digest === '') {
    throw new ValueInvalidError('data set', 'needs a name and a digest.');
  }
}
