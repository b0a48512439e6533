import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackLz4 } from '../../src/arrow/unpack-lz4.ts';

const header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
const frame = (...blocks: number[][]) =>
  Uint8Array.from([...header, ...blocks.flatMap((b) => [b.length, 0, 0, 0, ...b]), 0, 0, 0, 0]);

describe('unpackLz4', () => {
  it('copies literals and matches, also those that reach into themselves and into blocks before', () => {
    // "ab", then 4 + 2 bytes from 2 back, then "c"; the second block repeats 4 bytes from 7 back.
    const first = [0x22, 97, 98, 2, 0, 0x10, 99];
    const second = [0x00, 7, 0, 0x10, 100];
    expect(Buffer.from(unpackLz4(frame(first))).toString()).toBe('ababababc');
    const both = unpackLz4(frame(first, second));
    expect(Buffer.from(both).toString()).toBe('ababababc' + 'abab' + 'd');
  });

  it('never does worse than throw for bytes that are no frame', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 255 }), { maxLength: 40 }), (bytes) => {
        try {
          expect(unpackLz4(frame(bytes)).length).toBeLessThan(100_000);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
    expect(() => unpackLz4(Uint8Array.of(1, 2, 3))).toThrow('no LZ4 frame');
    expect(() => unpackLz4(Uint8Array.from(header))).toThrow('cut off');
  });
});
