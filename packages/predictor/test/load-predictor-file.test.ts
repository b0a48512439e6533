import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatModel } from '@gnu-mlops/model';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { createPredictor } from '../src/index.ts';
import { loadPredictorFile } from '../src/node.ts';
import { churnModel } from './small-models.ts';

describe('loadPredictorFile', () => {
  it('predicts as the model that was saved', async () => {
    const path = join(temporaryFolder(), 'model.gnumlops');
    writeFileSync(path, formatModel(churnModel()));
    const predictor = await loadPredictorFile(path);
    const row = { tenure: 3, contract: 'month' };
    expect(predictor.predict(row)).toEqual(createPredictor(churnModel()).predict(row));
  });

  it('throws PREDICTOR_FILE_UNREADABLE naming the path', async () => {
    const path = join(temporaryFolder(), 'missing.gnumlops');
    await expect(loadPredictorFile(path)).rejects.toMatchObject({
      code: 'PREDICTOR_FILE_UNREADABLE',
      path,
      message: expect.stringContaining(path),
      cause: { code: 'ENOENT' },
    });
  });
});
