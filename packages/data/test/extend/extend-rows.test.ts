import { createRandom, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { createRowExtender } from '../../src/extend/extend-rows.ts';

function rowsOf(texts: readonly string[]) {
  const bytes = Buffer.from(`#${texts.join('\r\n')}`);
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  let at = 1;
  for (const [row, text] of texts.entries()) {
    starts[row] = at;
    ends[row] = at + Buffer.byteLength(text);
    at = ends[row]! + 2;
  }
  return { bytes, starts, ends, rowCount: texts.length };
}

const frame = {
  decimals: undefined,
  quoteText: (text: string) => text,
  missing: '',
  before: () => ',',
  behind: '\n',
};

describe('createRowExtender', () => {
  it('puts the added cells behind the bytes of each row, however short or long both are', () => {
    const random = createRandom(42);
    const extend = createRowExtender(frame);
    for (let round = 0; round < 200; round++) {
      const rowCount = Math.floor(random.nextFloat() * 40);
      const longest = random.nextFloat() < 0.5 ? 3 : 400;
      const text = () => 'é'.repeat(Math.floor(random.nextFloat() * longest));
      const own = Array.from({ length: rowCount }, text);
      const added = Array.from({ length: rowCount }, text);
      const table = createTable([['added', { kind: 'text', values: added }]], rowCount);
      const written = Buffer.from(extend(rowsOf(own), table)).toString();
      expect(written).toBe(own.map((row, i) => `${row},${added[i]}\n`).join(''));
    }
  });
});
