import * as arrow from 'apache-arrow';
import { createTable } from '@gnu-mlops/core';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openArrowWriter } from '../../src/arrow/arrow-writer.ts';
import type { ByteSink } from '../../src/byte-source.ts';

const rows = 5000;
const table = createTable([
  ['x', { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, row) => row / 7) }],
  ['y', { kind: 'integer', values: Float64Array.from({ length: rows }, (_, row) => row) }],
]);

describe.each(['file', 'stream'] as const)('Arrow as a %s', (layout) => {
  it('is made no faster than it is written', async () => {
    const pieces: Uint8Array[] = [];
    let writing = 0;
    const slow: ByteSink = {
      async write(chunk) {
        writing++;
        await wait(2);
        pieces.push(chunk as Uint8Array);
        writing--;
      },
      commit: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    };
    const writer = await openArrowWriter(slow, layout);
    for (let batch = 0; batch < 5; batch++) {
      await writer.write(table);
      expect(writing).toBe(0);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      expect(bytes).toBeGreaterThan((batch + 1) * rows * 16);
    }
    await writer.commit();
    expect(arrow.tableFromIPC(Buffer.concat(pieces)).numRows).toBe(5 * rows);
  });

  it.each([0, 3, 12])('fails as its sink does after %i pieces, and aborts it', async (count) => {
    let left = count;
    let isAborted = false;
    const full: ByteSink = {
      async write() {
        if (left-- <= 0) throw new Error('no space left');
      },
      commit: () => Promise.resolve(),
      abort: async () => void (isAborted = true),
    };
    const writer = await openArrowWriter(full, layout);
    const writing = (async () => {
      for (let batch = 0; batch < 5; batch++) await writer.write(table);
      await writer.commit();
    })();
    await expect(writing).rejects.toThrow('no space left');
    await writer.abort();
    expect(isAborted).toBe(true);
  });
});
