import { type Column, type Random, type Table, createRandom, createTable } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { createKernelExtender } from '../../src/extend/extend-rows-kernels.ts';
import { createScriptExtender } from '../../src/extend/extend-rows-script.ts';
import { createRowExtender } from '../../src/extend/extend-rows.ts';
import type { RowExtender } from '../../src/extend/row-frame.ts';

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
  quoteText: (text: string) => (text.includes(',') ? `"${text}"` : text),
  missing: '',
  before: () => ',',
  behind: '\n',
};

function textOf(written: Uint8Array | undefined): string | undefined {
  return written === undefined ? undefined : Buffer.from(written).toString();
}

describe.each([
  ['createRowExtender', createRowExtender],
  ['createScriptExtender', createScriptExtender],
])('%s', (_, createExtender) => {
  it('puts the added cells behind the bytes of each row, however short or long both are', () => {
    const random = createRandom(42);
    const extend = createExtender(frame);
    for (let round = 0; round < 200; round++) {
      const rowCount = Math.floor(random.nextFloat() * 40);
      const longest = random.nextFloat() < 0.5 ? 3 : 400;
      const text = () => 'é'.repeat(Math.floor(random.nextFloat() * longest));
      const own = Array.from({ length: rowCount }, text);
      const added = Array.from({ length: rowCount }, text);
      const table = createTable([['added', { kind: 'text', values: added }]], rowCount);
      expect(textOf(extend(rowsOf(own), table))).toBe(
        own.map((row, i) => `${row},${added[i]}\n`).join(''),
      );
    }
  });
});

/** Numbers of many sizes, whole ones and middles between two roundings among them. */
function someNumber(random: Random): number {
  const kind = Math.floor(random.nextFloat() * 8);
  const unit = random.nextFloat() * 2 - 1;
  const places = Math.floor(random.nextFloat() * 12);
  switch (kind) {
    case 0:
      return NaN;
    case 1:
      return Math.round(unit * 10 ** places);
    case 2:
      return unit * 10 ** (random.nextFloat() * 600 - 300);
    case 3:
      return (Math.round(unit * 1e6) + 0.5) / 10 ** places;
    case 4:
      return unit < 0 ? -0 : unit * Infinity;
    case 5:
      return Math.fround(unit);
    default:
      return unit;
  }
}

function someColumn(kind: Column['kind'], rowCount: number, random: Random): Column {
  const numbers = () => Float64Array.from({ length: rowCount }, () => someNumber(random));
  const codes = (count: number) =>
    Int32Array.from({ length: rowCount }, () => Math.floor(random.nextFloat() * (count + 1)) - 1);
  switch (kind) {
    case 'boolean':
      return { kind, values: Uint8Array.from(codes(2), (code) => (code < 0 ? 2 : code)) };
    case 'categorical': {
      const dictionary = ['no', 'a, b', '', 'ü'.repeat(20)];
      return { kind, codes: codes(dictionary.length), dictionary };
    }
    case 'timestamp': {
      const values = Float64Array.from(codes(3), (code) => (code < 0 ? NaN : code * 1e11 + 0.25));
      return { kind, values };
    }
    case 'text':
      return { kind, values: Array.from(codes(3), (code) => (code < 0 ? null : 'é'.repeat(code))) };
    default:
      return { kind, values: numbers() };
  }
}

function someTable(kinds: readonly Column['kind'][], rowCount: number, random: Random): Table {
  const named = kinds.map((kind, i) => [`c${i}`, someColumn(kind, rowCount, random)] as const);
  return createTable(named, rowCount);
}

describe('createKernelExtender', () => {
  const kinds = ['numeric', 'integer', 'boolean', 'categorical', 'timestamp', 'text'] as const;

  it('does what the TypeScript twin does', () => {
    const random = createRandom(7);
    for (const decimals of [undefined, 0, 2, 6, 15]) {
      const options = { ...frame, decimals, missing: decimals === 2 ? 'null' : '', behind: '\r\n' };
      const byKernels = createKernelExtender(options)!;
      const byScript: RowExtender = createScriptExtender(options);
      for (let round = 0; round < 12; round++) {
        const rowCount = Math.floor(random.nextFloat() ** 2 * 2000);
        const own = Array.from({ length: rowCount }, () =>
          'x'.repeat(Math.floor(random.nextFloat() ** 3 * 300)),
        );
        const chosen = kinds.filter(() => random.nextFloat() < 0.7);
        const table = someTable(chosen, rowCount, random);
        const expected = textOf(byScript(rowsOf(own), table));
        expect(textOf(byKernels(rowsOf(own), table))).toBe(expected);
      }
    }
  });

  it('writes numbers as String does, and whole ones beyond 2^53 - 1 with a point', () => {
    const random = createRandom(3);
    const bits = new Uint32Array(2);
    const anyNumber = () => {
      bits[0] = random.nextFloat() * 2 ** 32;
      bits[1] = random.nextFloat() * 2 ** 32;
      return new Float64Array(bits.buffer)[0]!;
    };
    const edges = [
      5e-324,
      Number.MAX_VALUE,
      2 ** -1022,
      1e21,
      1e22,
      1e23,
      1e-6,
      1e-7,
      2 ** 53 - 1,
      2 ** 53,
      2 ** 53 + 2,
    ];
    const powers = Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074));
    const some = Array.from({ length: 20_000 }, anyNumber);
    const values = [...edges, ...powers, ...some].filter((value) => !Number.isNaN(value));
    const table = createTable([['x', { kind: 'numeric', values: Float64Array.from(values) }]]);
    const extend = createKernelExtender({ ...frame, before: () => '' })!;
    const texts = textOf(extend(rowsOf(values.map(() => '')), table))!
      .trimEnd()
      .split('\n');
    const isBig = (value: number) => Math.abs(value) >= 2 ** 53 && Math.abs(value) < 1e21;
    expect(texts).toEqual(values.map((value) => (isBig(value) ? `${value}.0` : String(value))));
  });

  it('leaves to the twin what it has no room for', () => {
    const random = createRandom(1);
    const extend = createKernelExtender(frame)!;
    const row = 'x'.repeat(200_000);
    const numbers = someTable(['numeric'], 1, random);
    const wide: Column = { kind: 'categorical', codes: new Int32Array(1), dictionary: [row] };
    expect(extend(rowsOf([row]), numbers)).toBeUndefined();
    const text: Column = { kind: 'text', values: [row] };
    expect(extend(rowsOf(['']), createTable([['text', text]]))).toBeUndefined();
    expect(extend(rowsOf(['']), createTable([['wide', wide]]))).toBeUndefined();
    expect(extend(rowsOf(['']), someTable(Array(140).fill('numeric'), 1, random))).toBeUndefined();
    expect(textOf(extend(rowsOf(['1']), numbers))).toMatch(/^1,.*\n$/);
  });
});

describe('createRowExtender', () => {
  it('goes on where the kernels cannot, and back', () => {
    const random = createRandom(5);
    const extend = createRowExtender(frame);
    const byScript = createScriptExtender(frame);
    for (const width of [1, 140, 2]) {
      const table = someTable(Array(width).fill('numeric'), 3000, random);
      const rows = rowsOf(Array.from({ length: 3000 }, (_, row) => String(row)));
      expect(textOf(extend(rows, table))).toBe(textOf(byScript(rows, table)));
    }
  });
});
