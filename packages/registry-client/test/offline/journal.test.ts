import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openJournal } from '../../src/offline/journal.ts';
import { readJournal } from '../../src/offline/read-journal.ts';

it('gives back what was appended, in order', async () => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  const journal = await openJournal(path, 0);
  await journal.append({ n: 1 });
  await Promise.all([2, 3, 4].map((n) => journal.append({ n, text: 'ü\n\u2028' })));
  await journal.close();
  const { entries } = await readJournal(path);
  expect(entries.map((entry) => (entry as { n: number }).n)).toEqual([1, 2, 3, 4]);
  // Those that were appended at the same time are one line, and waited for the disk once.
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
});

it('reads every whole line of a journal that was cut off anywhere, and goes on behind them', async () => {
  const whole = join(temporaryFolder(), 'journal.jsonl');
  const journal = await openJournal(whole, 0);
  const ends = [0];
  for (let n = 0; n < 4; n++) {
    await journal.append({ n, text: 'x'.repeat(n * 7) });
    ends.push(readFileSync(whole).length);
  }
  await journal.close();
  const bytes = readFileSync(whole);
  const cut = join(temporaryFolder(), 'journal.jsonl');
  for (let length = 1; length <= bytes.length; length++) {
    writeFileSync(cut, bytes.subarray(0, length));
    const { entries, wholeBytes } = await readJournal(cut);
    expect(entries).toHaveLength(ends.filter((end) => end > 0 && end <= length).length);
    expect(wholeBytes).toBe(ends.findLast((end) => end <= length));
    if (wholeBytes === 0) continue;
    const again = await openJournal(cut, wholeBytes);
    await again.append({ n: 'more' });
    await again.close();
    expect((await readJournal(cut)).entries.at(-1)).toEqual({ n: 'more' });
  }
});

it('throws REGISTRY_OFFLINE_DAMAGED for a line before the last that was changed', async () => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  const journal = await openJournal(path, 0);
  for (let n = 0; n < 3; n++) await journal.append({ n });
  await journal.close();
  const bytes = readFileSync(path);
  const lastLine = bytes.lastIndexOf(10, bytes.length - 2) + 1;
  await fc.assert(
    fc.asyncProperty(fc.nat(lastLine - 2), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= flip;
      const other = join(temporaryFolder(), 'journal.jsonl');
      writeFileSync(other, changed);
      await expectCode(readJournal(other), 'REGISTRY_OFFLINE_DAMAGED');
    }),
    { seed: 5, numRuns: 60 },
  );
});

it('refuses entries once it is closed', async () => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  const journal = await openJournal(path, 0);
  const appended = journal.append({ n: 1 });
  await journal.close();
  await appended;
  await expectCode(journal.append({ n: 2 }), 'REGISTRY_CLOSED');
  expect((await readJournal(path)).entries).toEqual([{ n: 1 }]);
});

it('makes a new journal only where there is none', async () => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  appendFileSync(path, 'something');
  await expectCode(openJournal(path, 0), 'REGISTRY_STORE_UNAVAILABLE');
  truncateSync(path);
  expect((await readJournal(path)).entries).toEqual([]);
});
