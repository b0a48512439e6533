import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileUnreadableError, OutputFolderUnwritableError } from '../src/errors.ts';
import { readBatchLedger } from '../src/read-batch-ledger.ts';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';
import { folderOnOtherDevice, hasOtherDevice } from './support/other-device.ts';
import { runChild } from './support/run-child.ts';

const names = Array.from({ length: 12 }, (_, index) => `${String(index).padStart(2, '0')}.csv`);

describe('two batches over the same folder at once', () => {
  it('score each file once, in processes of their own', async () => {
    const { options, put, list } = batchScene();
    for (const name of names) put(name, `x\n${'1\n'.repeat(50)}`);

    const answers = await Promise.all([runChild(options), runChild(options)]);

    const scored = answers.map((answer) => answer!.report!.scored);
    expect(scored[0]! + scored[1]!).toBe(names.length);
    expect(list('out')).toEqual(names.map((name) => name.replace('.csv', '_predictions.csv')));
    expect(list('archive')).toEqual(names);
    expect(list('in')).toEqual([]);
    const ledger = readBatchLedger(options.ledgerPath);
    expect(ledger.map(({ state, attempts }) => [state, attempts])).toEqual(
      names.map(() => ['archived', 1]),
    );
  });

  it('score each file once, in one process', async () => {
    const { options, put, list } = batchScene();
    for (const name of names) put(name, `x\n${'1\n'.repeat(50)}`);

    const reports = await Promise.all([runBatch(options), runBatch(options)]);

    expect(reports[0].scored + reports[1].scored).toBe(names.length);
    expect(reports[0].failed + reports[1].failed).toBe(0);
    expect(list('out')).toEqual(names.map((name) => name.replace('.csv', '_predictions.csv')));
    expect(list('archive')).toEqual(names);
  });
});

describe.skipIf(process.getuid?.() !== 0)('a batch without permissions', () => {
  it('ends with BATCH_OUTPUT_FOLDER_UNWRITABLE and leaves the input alone', async () => {
    const { root, options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    mkdirSync(options.outputFolder, { mode: 0o755 });
    chmodSync(root, 0o755);

    const answer = await runChild(options, { uid: 65_534 });

    expect(answer).toMatchObject({ errorCode: OutputFolderUnwritableError.code });
    expect(list('in')).toEqual(['a.csv']);
    expect(list('out')).toEqual([]);
  });

  it('reports a file that it may not read, and scores the others', async () => {
    const { root, options, put, list } = batchScene();
    put('closed.csv', 'x\n1\n');
    put('open.csv', 'x\n1\n');
    for (const folder of ['.', 'in']) chmodSync(join(root, folder), 0o777);
    chmodSync(join(root, 'in', 'closed.csv'), 0o600);

    const answer = await runChild(options, { uid: 65_534 });

    expect(answer!.report).toMatchObject({ scored: 1, failed: 1 });
    expect(readBatchLedger(options.ledgerPath)[0]).toMatchObject({
      state: 'failed',
      errorCode: FileUnreadableError.code,
    });
    expect(list('in')).toEqual(['closed.csv']);
  });

  it('reports the files of a folder that it may list and not search', async () => {
    const { root, options, put } = batchScene();
    put('a.csv', 'x\n1\n');
    put('b.csv', 'x\n1\n');
    chmodSync(root, 0o777);
    chmodSync(join(root, 'in'), 0o744);

    const answer = await runChild(options, { uid: 65_534 });

    expect(answer!.report).toMatchObject({ scored: 0, failed: 2 });
  });

  it.skipIf(!hasOtherDevice)(
    'archives a file that nobody may write, on another device',
    async () => {
      const { root, options, put, list } = batchScene();
      put('a.csv', 'x\n1\n');
      for (const folder of ['.', 'in']) chmodSync(join(root, folder), 0o777);
      chmodSync(join(root, 'in', 'a.csv'), 0o444);
      const archiveFolder = folderOnOtherDevice();
      chmodSync(archiveFolder, 0o777);

      await runChild({ ...options, archiveFolder }, { uid: 65_534 });

      expect(list('in')).toEqual([]);
      expect(readdirSync(archiveFolder)).toEqual(['a.csv']);
    },
  );
});
