import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { BatchRun } from '../src/batch-run.ts';
import { identifyFile } from '../src/identify-file.ts';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';

const run = { settleMs: 0, now: Date.now } as BatchRun;

describe('identifyFile', () => {
  it('passes over a file that is gone by now', async () => {
    expect(await identifyFile(join(temporaryFolder(), 'a.csv'), run)).toEqual({
      outcome: { status: 'skipped', reason: 'gone' },
    });
  });

  it('fails for a file of which not even the size can be told', async () => {
    const file = join(temporaryFolder(), 'no-folder');
    writeFileSync(file, '');

    expect(await identifyFile(join(file, 'a.csv'), run)).toMatchObject({
      outcome: { status: 'failed', error: { code: 'BATCH_FILE_UNREADABLE' } },
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'fails for a file whose name is not UTF-8, and says so',
    async () => {
      const { root, options, put, list } = batchScene();
      put('good.csv', 'x\n1\n');
      const name = Buffer.concat([Buffer.from(join(root, 'in', 'gr')), Buffer.of(0xf6, 0xdf)]);
      writeFileSync(Buffer.concat([name, Buffer.from('e.csv')]), 'x\n1\n');

      const report = await runBatch(options);

      expect(report).toMatchObject({ scored: 1, failed: 1, skipped: 0 });
      expect(report.files[1]!.error).toEqual({
        code: 'BATCH_FILE_UNREADABLE',
        message: expect.stringMatching(/its name is not UTF-8.*Rename it/) as string,
      });
      expect(list('in')).toHaveLength(1);
    },
  );
});
