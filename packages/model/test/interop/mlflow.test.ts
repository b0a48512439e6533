import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { formatModelFolder } from '../../src/folder/model-folder.ts';
import { tinyCustomers, tinyForest } from '../fixtures/tiny-models.ts';
import { runPython, whyNoPython } from './run-python.ts';

const reason = whyNoPython('mlflow');

describe.skipIf(reason !== undefined)(`MLflow in Python${reason ? ` (${reason})` : ''}`, () => {
  it('reads signature, flavor, ids, time and example of a model folder', () => {
    const folder = join(temporaryFolder(), 'model');
    mkdirSync(folder);
    const runId = '0123456789abcdef0123456789abcdef';
    const customers = tinyCustomers();
    const files = formatModelFolder(tinyForest(), {
      createdAt: '2026-01-31T09:05:00.250Z',
      runId,
      modelId: `m-${runId}`,
      inputExample: [rowAt(customers, 0), rowAt(customers, 2)],
    });
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);

    const columns = ['tenure', 'plan', 'autopay', 'since'];
    const data = [
      [1, 'monthly', false, '2026-01-01T00:00:00.000Z'],
      [null, 'monthly', null, '2025-06-01T00:00:00.000Z'],
    ];
    expect(runPython('read_model_folder.py', folder)).toMatchObject({
      flavors: { gnu_mlops: { data: 'model.gnumlops', format_version: 2 } },
      run_id: runId,
      model_id: `m-${runId}`,
      model_uuid: `m-${runId}`,
      model_size_bytes: [...files]
        .filter(([name]) => name !== 'MLmodel')
        .reduce((sum, [, bytes]) => sum + bytes.length, 0),
      utc_time_created: '2026-01-31 09:05:00.250000',
      inputs: [
        ['tenure', 'double', true],
        ['plan', 'string', true],
        ['autopay', 'boolean', true],
        ['since', 'datetime', true],
      ],
      outputs: [['prediction', 'string', true]],
      example: { columns },
      serving_input: { dataframe_split: { columns, data } },
    });
  });
});
