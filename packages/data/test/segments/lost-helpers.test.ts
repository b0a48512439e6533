import { temporaryFolder } from '@gnu-mlops/test-kit';
import { afterAll, expect, it, vi } from 'vitest';
import type { HelperTask } from '../../src/segments/help-with-segments.ts';
import { openBoard } from '../../src/segments/segment-board.ts';
import { writeInto } from '../read-texts.ts';

const claimed: number[] = [];

// Helpers that take two segments and die; modules that know others already are loaded anew.
vi.resetModules();
vi.doMock(import('../../src/segments/start-helpers.ts'), () => ({
  startHelpers([task]: readonly HelperTask[]) {
    const { job, board: buffers } = task!;
    const board = openBoard(buffers, job.memoryPlan.desks.length);
    claimed.push(board.claim(), board.claim());
    return { areWell: () => Promise.resolve(false), end: () => Promise.resolve() };
  },
}));
const { readCsv } = await import('../../src/read-csv.ts');

afterAll(() => {
  vi.doUnmock('../../src/segments/start-helpers.ts');
  vi.resetModules();
});

it('reads all rows alone when the other threads fail', async () => {
  const header = Array.from({ length: 50 }, (_, i) => `c${i}`).join(',');
  const row = (i: number) => Array.from({ length: 50 }, (_, column) => i * column).join(',');
  const rows = Array.from({ length: 8000 }, (_, i) => row(i)).join('\n');
  const path = writeInto(temporaryFolder(), `${header}\n${rows}\n`);
  const alone = await readCsv(path, { threads: 1 });
  expect(claimed).toEqual([]);
  expect([...(await readCsv(path, { threads: 2 })).table.columns]).toEqual([
    ...alone.table.columns,
  ]);
  expect(claimed).toEqual([0, 1]);
});
