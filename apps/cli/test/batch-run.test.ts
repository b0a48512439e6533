import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchReport } from '@gnu-mlops/batch';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const all = { recursive: true };

/** When files that were just written are no longer taken for unfinished. */
const later = { now: () => Date.now() + 60_000 };

/** A folder with a model in production, and files that wait in it. */
async function scene(waiting: readonly string[]) {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 60 }, (_, row) => `${row},${row < 30 ? 'a' : 'b'}\n`);
  writeFileSync(join(folder, 'train.csv'), `x,y\n${rows.join('')}`);
  const train = ['train', '--data', 'train.csv', '--target', 'y', '-p', 'n_estimators=5'];
  for (const args of [train, ['deploy', 'staging'], ['deploy', 'production']]) {
    expect((await run(folder, args)).exitCode).toBe(0);
  }
  const inbox = join(folder, 'batch', 'input');
  mkdirSync(inbox, { recursive: true });
  for (const name of waiting) writeFileSync(join(inbox, name), 'x\n1\n50\n');
  return { folder, inbox, batchRun: (...args: string[]) => run(folder, ['batch', ...args], later) };
}

describe('gnu-mlops batch run', () => {
  it('ends with code 1 while a scored file cannot be archived, and with 0 once it is', async () => {
    const { folder, inbox, batchRun } = await scene(['a.csv']);
    const archive = join(folder, 'batch', 'archive');
    mkdirSync(archive);
    symlinkSync(join(folder, 'nowhere'), join(archive, 'a.csv'));

    for (const status of ['scored', 'skipped']) {
      const { exitCode, output } = await batchRun('run', '--json');
      const { files } = JSON.parse(output) as BatchReport;
      expect(files).toMatchObject([{ status, error: { code: 'BATCH_FILE_ARCHIVE_FAILED' } }]);
      expect(exitCode).toBe(1);
    }

    rmSync(join(archive, 'a.csv'));
    expect((await batchRun('run')).exitCode).toBe(0);
    expect(readdirSync(inbox)).toEqual([]);
  });

  it('ends with code 1 when a scored file cannot be written, whatever else is wrong', async () => {
    const { folder, inbox } = await scene(['good.csv', 'lost.csv']);
    writeFileSync(join(inbox, 'bad.csv'), 'x\nmany\n');

    const { exitCode, output } = await run(folder, ['batch', 'run'], {
      ...later,
      writeNote(text) {
        if (text.includes('good.csv: scored')) rmSync(join(folder, 'batch', 'output'), all);
      },
    });

    expect(output).toMatch(/^bad\.csv +failed .*"many"/m);
    expect(output).toMatch(/^good\.csv +scored /m);
    expect(output).toMatch(/^lost\.csv +failed .*could not be written/m);
    expect(exitCode).toBe(1);
  });

  it.skipIf(process.platform === 'win32')(
    'shows names of files on one line each, and nothing that moves the cursor',
    async () => {
      const { batchRun } = await scene(['\u001B[31mred.csv', 'two\nlines.csv']);

      const { output, notes } = await batchRun('run');

      expect(output.trimEnd().split('\n')).toHaveLength(5);
      expect(output + notes).not.toMatch(/\u001B/);
      expect(notes).toContain('(two lines.csv: scored)');
    },
  );
});
