import {
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ArchiveFolderMissingError,
  BatchOptionError,
  FileArchiveError,
  OutputFolderUnwritableError,
} from '../src/errors.ts';
import { readFileIdentity } from '../src/file-identity.ts';
import { openLedger } from '../src/open-ledger.ts';
import { readBatchLedger } from '../src/read-batch-ledger.ts';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';
import { thirdPredictor, thresholdPredictor } from './support/threshold-predictor.ts';

const time = '2026-01-01T00:00:00.000Z';

describe('runBatch: what a scored file looks like', () => {
  it('adds class, its probability and the time to the untouched columns', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'id,x\n007,8\n"a ""b"", c",2\n');

    await runBatch(options);

    expect(read('out', 'a_predictions.csv')).toBe(
      'id,x,prediction,probability,prediction_timestamp\n' +
        `007,8,high,0.8,${time}\n` +
        `"a ""b"", c",2,"low, ""cold""",0.8,${time}\n`,
    );
  });

  it('adds a number and the time for regression', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x\n1.50\n');

    await runBatch({ ...options, predictor: thirdPredictor() });

    expect(read('out', 'a_predictions.csv')).toBe(
      `x,prediction,prediction_timestamp\n1.50,0.5,${time}\n`,
    );
  });

  it('keeps delimiter, byte order mark, line endings, spaces and foreign columns', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', '\uFEFFname;x;"note"\r\n" ü\r\n"; 8 ;\r\n;2;"-"\r\n');

    await runBatch(options);

    expect(read('out', 'a_predictions.csv')).toBe(
      '\uFEFFname;x;"note";prediction;probability;prediction_timestamp\r\n' +
        `" ü\r\n"; 8 ;;high;0.8;${time}\r\n` +
        `;2;"-";"low, ""cold""";0.8;${time}\r\n`,
    );
  });

  it('names its columns otherwise where the file has such ones', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x,prediction\n8,mine\n');

    const report = await runBatch(options);

    expect(read('out', 'a_predictions.csv')).toBe(
      `x,prediction,prediction_2,probability,prediction_timestamp\n8,mine,high,0.8,${time}\n`,
    );
    expect(report.files[0]!.columns).toEqual({
      prediction: 'prediction_2',
      probability: 'probability',
      timestamp: 'prediction_timestamp',
    });
  });

  it('holds the rows of all chunks in order, a last line without ending included', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x\n1\n2\n3\n4\n5');

    const report = await runBatch(options);

    const rows = read('out', 'a_predictions.csv').trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row[0])).toEqual(['1', '2', '3', '4', '5']);
    expect(report).toMatchObject({ rows: 5, scored: 1 });
  });

  it('never holds more than batchRows rows at a time', async () => {
    const { options, put } = batchScene();
    put('a.csv', `x\n${'1\n'.repeat(1000)}`);
    const sizes: number[] = [];
    const predictor = thresholdPredictor('1', (table) => sizes.push(table.rowCount));

    await runBatch({ ...options, predictor, batchRows: 300 });

    expect(sizes).toEqual([300, 300, 300, 100]);
  });

  it('scores a file of a header alone as one of no rows', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x\n');

    const report = await runBatch(options);

    expect(report.files[0]).toMatchObject({ status: 'scored', rows: 0 });
    expect(read('out', 'a_predictions.csv')).toBe(
      'x,prediction,probability,prediction_timestamp\n',
    );
  });
});

describe('runBatch: which files it takes', () => {
  it('scores every waiting file, archives it, and reports in the order of names', async () => {
    const { options, put, read, list } = batchScene();
    put('b.csv', 'x\n1\n');
    put('a.csv', 'x\n1\n2\n');

    const report = await runBatch(options);

    expect(report).toMatchObject({
      model: 'stand-in/1',
      scored: 2,
      failed: 0,
      skipped: 0,
      leased: 0,
      rows: 3,
      isAborted: false,
    });
    expect(report.files.map(({ file, status, rows }) => [file, status, rows])).toEqual([
      ['a.csv', 'scored', 2],
      ['b.csv', 'scored', 1],
    ]);
    expect(list('in')).toEqual([]);
    expect(list('out')).toEqual(['a_predictions.csv', 'b_predictions.csv']);
    expect(list('archive')).toEqual(['a.csv', 'b.csv']);
    expect(read('archive', 'a.csv')).toBe('x\n1\n2\n');
    expect(report.files[0]!.archivedTo).toMatch(/archive\/a\.csv$/);
  });

  it('leaves a file that is still being written to, until it has settled', async () => {
    const { root, options, put, clock, list } = batchScene();
    put('a.csv', 'x\n1\n');
    utimesSync(join(root, 'in', 'a.csv'), 0, (clock.now() - 500) / 1000);
    const settling = { ...options, settleMs: 1000 };

    expect((await runBatch(settling)).files[0]).toMatchObject({
      status: 'skipped',
      reason: 'still_being_written',
    });
    expect(list('in')).toEqual(['a.csv']);

    clock.advance(500);
    expect(await runBatch(settling)).toMatchObject({ scored: 1 });
  });

  it('does not score a file twice by the same version when it stays where it is', async () => {
    const { options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    const staying = { ...options, archiveInput: false };
    await runBatch(staying);

    const again = await runBatch(staying);

    expect(again.files[0]).toMatchObject({ status: 'skipped', reason: 'already_scored', rows: 0 });
    expect(list('in')).toEqual(['a.csv']);
    expect(list('out')).toEqual(['a_predictions.csv']);
    expect(list('archive')).toEqual([]);
  });

  it('scores a file again once it changed, beside the earlier output', async () => {
    const { options, put, read, list } = batchScene();
    const staying = { ...options, archiveInput: false };
    put('a.csv', 'x\n1\n');
    await runBatch(staying);
    put('a.csv', 'x\n9\n');

    const report = await runBatch(staying);

    expect(report).toMatchObject({ scored: 1 });
    expect(list('out')).toEqual(['a_predictions-2.csv', 'a_predictions.csv']);
    expect(read('out', 'a_predictions-2.csv')).toContain('9,high');
  });

  it('scores a file again by another version', async () => {
    const { options, put } = batchScene();
    const staying = { ...options, archiveInput: false };
    put('a.csv', 'x\n1\n');
    await runBatch(staying);

    const report = await runBatch({ ...staying, predictor: thresholdPredictor('2') });

    expect(report).toMatchObject({ model: 'stand-in/2', scored: 1 });
  });

  it('archives later what was scored while archiving was off', async () => {
    const { options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    await runBatch({ ...options, archiveInput: false });

    const report = await runBatch(options);

    expect(report.files[0]).toMatchObject({ status: 'skipped', reason: 'already_scored' });
    expect(report.files[0]!.archivedTo).toMatch(/a\.csv$/);
    expect(list('in')).toEqual([]);
    expect(list('out')).toEqual(['a_predictions.csv']);
  });

  it('keeps older archived files and older outputs of the same name', async () => {
    const { options, put, read, list } = batchScene();
    put('a.csv', 'x\n1\n');
    await runBatch(options);
    put('a.csv', 'x\n2\n');
    await runBatch(options);

    expect(list('archive')).toEqual(['a-2.csv', 'a.csv']);
    expect(read('archive', 'a.csv')).toBe('x\n1\n');
    expect(read('archive', 'a-2.csv')).toBe('x\n2\n');
    expect(list('out')).toEqual(['a_predictions-2.csv', 'a_predictions.csv']);
  });

  it('takes names that are as long as names can be', async () => {
    const { options, put } = batchScene();
    const name = `${'n'.repeat(251)}.csv`;
    put(name, 'x\n8\n');

    const { files } = await runBatch(options);

    expect(files).toMatchObject([{ file: name, status: 'scored' }]);
    expect(statSync(files[0]!.archivedTo!).size).toBe(4);
  });
});

describe('runBatch: files that cannot be scored', () => {
  const bad: [name: string, content: string | Uint8Array, code: string][] = [
    ['empty.csv', '', 'DATA_CSV_EMPTY'],
    ['missing-column.csv', 'y\n1\n', 'DATA_COLUMN_MISSING'],
    ['not-csv.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0xff, 0xfe, 10), 'DATA_CSV_ENCODING'],
    ['ragged.csv', 'x,y\n1,2\n1,2,3\n', 'DATA_CSV_RAGGED_ROW'],
    ['unclosed.csv', 'x,y\n1,"2\n', 'DATA_CSV_QUOTE'],
    ['wrong-type.csv', 'x\n1\n2\n3\nseven\n', 'DATA_CSV_CELL_INVALID'],
  ];

  it('stay where they are, with the error in report and ledger, and stop no other', async () => {
    const { options, put, list } = batchScene();
    for (const [name, content] of bad) put(name, content);
    put('a-good.csv', 'x\n1\n');
    put('z-good.csv', 'x\n1\n');

    const report = await runBatch(options);

    expect(report).toMatchObject({ scored: 2, failed: bad.length, rows: 2 });
    const failures = report.files.filter(({ status }) => status === 'failed');
    expect(failures.map(({ file, error }) => [file, error!.code])).toEqual(
      bad.map(([name, , code]) => [name, code]),
    );
    expect(list('in')).toEqual(bad.map(([name]) => name));
    expect(list('out')).toEqual(['a-good_predictions.csv', 'z-good_predictions.csv']);
    const noted = readBatchLedger(options.ledgerPath).filter(({ state }) => state === 'failed');
    expect(noted.map(({ errorCode }) => errorCode)).toEqual(bad.map(([, , code]) => code));
  });

  it('name file and line', async () => {
    const { options, put } = batchScene();
    put('wrong-type.csv', 'x\n1\n2\n3\nseven\n');

    const { error } = (await runBatch(options)).files[0]!;

    expect(error!.message).toMatch(/wrong-type\.csv.*line 5.*"x".*seven/);
  });

  it('are tried again by the next run, and scored once they are mended', async () => {
    const { options, put, list } = batchScene();
    put('a.csv', 'y\n1\n');
    await runBatch(options);
    expect(await runBatch(options)).toMatchObject({ failed: 1 });
    expect(readBatchLedger(options.ledgerPath)).toMatchObject([{ attempts: 2 }]);

    put('a.csv', 'x\n1\n');

    expect(await runBatch(options)).toMatchObject({ scored: 1, failed: 0 });
    expect(list('out')).toEqual(['a_predictions.csv']);
  });

  it('include those for which the predictor fails without a code', async () => {
    const { options, put } = batchScene();
    put('a.csv', 'x\n1\n');
    const predictor = thresholdPredictor('1', () => {
      throw new Error('the model is out of its mind');
    });

    expect((await runBatch({ ...options, predictor })).files[0]).toMatchObject({
      status: 'failed',
      error: {
        code: 'BATCH_FILE_SCORING_FAILED',
        message: expect.stringContaining('out of its mind') as string,
      },
    });
  });

  it('include one that changes while it is scored; nothing of its output shows', async () => {
    const { options, put, list } = batchScene();
    put('a.csv', 'x\n1\n2\n3\n');
    let isFirst = true;
    const predictor = thresholdPredictor('1', () => {
      if (isFirst) put('a.csv', 'x\n1\n2\n3\n4\n');
      isFirst = false;
    });

    const report = await runBatch({ ...options, predictor });

    expect(report.files[0]).toMatchObject({ status: 'failed' });
    expect(report.files[0]!.error!.code).toMatch(/_FILE_CHANGED$/);
    expect(list('out')).toEqual([]);
    expect(await runBatch(options)).toMatchObject({ scored: 1, rows: 4 });
  });
});

describe('runBatch: what stops or disturbs a run', () => {
  it('finishes cleanly on abort and leaves the rest waiting', async () => {
    const { options, put, list } = batchScene();
    for (const name of ['a.csv', 'b.csv', 'c.csv']) put(name, 'x\n1\n2\n3\n');
    const controller = new AbortController();
    let tables = 0;
    const predictor = thresholdPredictor('1', () => {
      if (++tables === 3) controller.abort();
    });

    const report = await runBatch({ ...options, predictor, signal: controller.signal });

    expect(report.isAborted).toBe(true);
    expect(report.files.map(({ status, reason }) => reason ?? status)).toEqual([
      'scored',
      'aborted',
      'aborted',
    ]);
    expect(list('in')).toEqual(['b.csv', 'c.csv']);
    expect(list('out')).toEqual(['a_predictions.csv']);
    expect(await runBatch(options)).toMatchObject({ scored: 2, rows: 6 });
    expect(list('out')).toEqual(['a_predictions.csv', 'b_predictions.csv', 'c_predictions.csv']);
  });

  it('throws BATCH_OUTPUT_FOLDER_UNWRITABLE before anything is scored', async () => {
    const { root, options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    writeFileSync(join(root, 'file'), '');

    await expect(
      runBatch({ ...options, outputFolder: join(root, 'file', 'out') }),
    ).rejects.toMatchObject({ code: OutputFolderUnwritableError.code });
    expect(list('in')).toEqual(['a.csv']);
  });

  it('says that a file is scored although the archive refuses it, and archives it later', async () => {
    const { root, options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    const archive = join(root, 'archive');
    const predictor = thresholdPredictor('1', () => {
      rmSync(archive, { recursive: true });
      writeFileSync(archive, 'no folder');
    });

    const report = await runBatch({ ...options, predictor });

    expect(report.files[0]).toMatchObject({
      status: 'scored',
      rows: 1,
      error: { code: FileArchiveError.code },
    });
    expect(list('in')).toEqual(['a.csv']);
    rmSync(archive);
    expect((await runBatch(options)).files[0]).toMatchObject({ reason: 'already_scored' });
    expect(list('archive')).toEqual(['a.csv']);
    expect(list('out')).toEqual(['a_predictions.csv']);
  });

  it('overwrites no output that got its name while the file was scored', async () => {
    const { root, options, put, read, list } = batchScene();
    put('a.csv', 'x\n1\n');
    const other = join(root, 'out', 'a_predictions.csv');
    const predictor = thresholdPredictor('1', () => writeFileSync(other, 'of another ledger'));

    const report = await runBatch({ ...options, predictor });

    const output = join(realpathSync(root), 'out', 'a_predictions-2.csv');
    expect(report.files).toMatchObject([{ status: 'scored', output }]);
    expect(read('out', 'a_predictions.csv')).toBe('of another ledger');
    expect(list('out')).toEqual(['a_predictions-2.csv', 'a_predictions.csv']);
    expect(readBatchLedger(options.ledgerPath)).toMatchObject([{ outputPath: output }]);
  });

  it('gives a taken place in the archive to nobody else', async () => {
    const { root, options, put, list } = batchScene();
    put('a.csv', 'x\n1\n');
    const predictor = thresholdPredictor('1', () => mkdirSync(join(root, 'archive', 'a.csv')));

    await runBatch({ ...options, predictor });

    expect(list('archive')).toEqual(['a-2.csv', 'a.csv']);
    expect(statSync(join(root, 'archive', 'a.csv')).isDirectory()).toBe(true);
  });

  it('leaves a file alone that another one is at work on, until the lease runs out', async () => {
    const { root, options, put, clock, list } = batchScene();
    put('a.csv', 'x\n1\n');
    mkdirSync(options.outputFolder);
    const ledger = openLedger(options.ledgerPath, {
      now: clock.now,
      leaseMs: 1000,
      owner: 'other',
    });
    onTestFinished(() => ledger.close());
    ledger.claim({
      identity: (await readFileIdentity(realpathSync(join(root, 'in', 'a.csv'))))!,
      model: 'stand-in/1',
      outputFolder: realpathSync(options.outputFolder),
    });

    expect(await runBatch(options)).toMatchObject({ leased: 1, scored: 0 });
    expect(list('in')).toEqual(['a.csv']);

    clock.advance(1000);
    expect(await runBatch(options)).toMatchObject({ leased: 0, scored: 1 });
    expect(list('out')).toEqual(['a_predictions.csv']);
  });

  it.each([
    { after: 'a failure', as: 'a changed file' },
    { after: 'a failure', as: 'the same file' },
    { after: 'an abort', as: 'a changed file' },
  ])('goes on after $after of a file that another one took over as $as', async ({ after, as }) => {
    const { root, options, put, clock } = batchScene();
    put('a.csv', 'x\n1\n');
    put('b.csv', 'x\n1\n');
    mkdirSync(options.outputFolder);
    const leaseMs = 1000;
    const ledger = openLedger(options.ledgerPath, { now: clock.now, leaseMs, owner: 'other' });
    onTestFinished(() => ledger.close());
    const path = realpathSync(join(root, 'in', 'a.csv'));
    const identity = (await readFileIdentity(path))!;
    const controller = new AbortController();
    let isFirst = true;
    const predictor = thresholdPredictor('1', () => {
      if (!isFirst) return;
      isFirst = false;
      clock.advance(leaseMs);
      ledger.reclaimLeases();
      ledger.claim({
        identity: as === 'the same file' ? identity : { ...identity, digest: 'changed' },
        model: 'stand-in/1',
        outputFolder: realpathSync(options.outputFolder),
      });
      if (after === 'an abort') controller.abort();
      throw new Error('the model is out of its mind');
    });

    const report = await runBatch({ ...options, predictor, leaseMs, signal: controller.signal });

    expect(report.files.map(({ status, reason }) => reason ?? status)).toEqual(
      after === 'an abort' ? ['aborted', 'aborted'] : ['leased', 'scored'],
    );
  });

  it('scores all files by the version that it began with', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x\n8\n');
    put('b.csv', 'x\n8\n');
    let version = 0;
    const moving = { snapshot: () => thresholdPredictor(String(++version)).snapshot() };

    const report = await runBatch({ ...options, predictor: moving });

    expect(report).toMatchObject({ model: 'stand-in/1', scored: 2 });
    expect(version).toBe(1);
    expect(read('out', 'b_predictions.csv')).toContain('8,high,0.8');
  });

  it('reports progress by file and rows', async () => {
    const { options, put } = batchScene();
    put('a.csv', 'x\n1\n2\n3\n');
    put('b.csv', 'x\n1\n');
    const seen: string[] = [];

    await runBatch({
      ...options,
      onProgress: ({ stage, done, total, detail }) =>
        seen.push(`${stage} ${done}/${total} ${detail}`),
    });

    expect(seen).toEqual([
      'batch 0/2 a.csv: 2 rows',
      'batch 0/2 a.csv: 3 rows',
      'batch 1/2 a.csv: scored',
      'batch 1/2 b.csv: 1 rows',
      'batch 2/2 b.csv: scored',
    ]);
  });

  it('does not touch the inputs it scores', async () => {
    const { root, options, put } = batchScene();
    put('a.csv', 'x\n1\n');
    const before = statSync(join(root, 'in', 'a.csv')).mtimeMs;

    await runBatch(options);

    expect(statSync(join(root, 'archive', 'a.csv')).mtimeMs).toBe(before);
    expect(readFileSync(join(root, 'archive', 'a.csv'), 'utf8')).toBe('x\n1\n');
  });

  it('throws BATCH_OPTION_INVALID and BATCH_ARCHIVE_FOLDER_MISSING for options that fit not', async () => {
    const { options } = batchScene();
    const { archiveFolder: _, ...withoutArchive } = options;

    for (const wrong of [{ batchRows: 0 }, { batchRows: 1.5 }, { settleMs: -1 }, { leaseMs: 0 }]) {
      await expect(runBatch({ ...options, ...wrong })).rejects.toMatchObject({
        code: BatchOptionError.code,
        option: Object.keys(wrong)[0],
      });
    }
    await expect(runBatch(withoutArchive)).rejects.toMatchObject({
      code: ArchiveFolderMissingError.code,
    });
  });
});
