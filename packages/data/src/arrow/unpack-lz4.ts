import { withRoom } from '../grow.ts';

const magic = 0x184d2204;
const hasBlockChecksums = 0x10;
const hasContentSize = 0x08;
const hasDictionaryId = 0x01;
const isPlainBlock = 0x80000000;
const shortestMatch = 4;

/**
 * Unpack an LZ4 frame, as Arrow and Feather files have them. Checksums are not looked at.
 *
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
 * @throws {Error} for bytes that are no such frame.
 */
export function unpackLz4(packed: Uint8Array): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 7 || view.getUint32(0, true) !== magic) throw new Error('no LZ4 frame');
  const flags = packed[4]!;
  let at = 7 + (flags & hasContentSize ? 8 : 0) + (flags & hasDictionaryId ? 4 : 0);
  let output = new Uint8Array(Math.max(256, packed.length * 3));
  let length = 0;
  for (;;) {
    if (at + 4 > packed.length) throw new Error('a cut off LZ4 frame');
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) return output.subarray(0, length);
    const size = header & ~isPlainBlock;
    const block = packed.subarray(at, at + size);
    if (block.length < size) throw new Error('a cut off LZ4 block');
    if (header >= isPlainBlock) {
      output = withRoom(output, length + size);
      output.set(block, length);
      length += size;
    } else ({ output, length } = unpackBlock(block, output, length));
    at += size + (flags & hasBlockChecksums ? 4 : 0);
  }
}

/** Append what a block holds; its matches may reach back into the blocks before. */
function unpackBlock(
  block: Uint8Array,
  start: Uint8Array<ArrayBuffer>,
  startLength: number,
): { output: Uint8Array<ArrayBuffer>; length: number } {
  let output = start;
  let length = startLength;
  let at = 0;

  function readLength(nibble: number): number {
    let total = nibble;
    if (nibble < 15) return total;
    for (;;) {
      const more = block[at++];
      if (more === undefined) throw new Error('a cut off LZ4 length');
      total += more;
      if (more < 255) return total;
    }
  }
  while (at < block.length) {
    const token = block[at++]!;
    const literals = readLength(token >> 4);
    if (at + literals > block.length) throw new Error('cut off LZ4 literals');
    output = withRoom(output, length + literals);
    output.set(block.subarray(at, at + literals), length);
    length += literals;
    at += literals;
    if (at >= block.length) break;
    const offset = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    if (offset === 0 || offset > length) throw new Error('an LZ4 match before the start');
    const match = readLength(token & 15) + shortestMatch;
    output = withRoom(output, length + match);
    // Byte by byte: a match may reach into what it writes itself.
    for (let i = 0; i < match; i++) output[length + i] = output[length + i - offset]!;
    length += match;
  }
  return { output, length };
}
