import { type Growable, grow } from './grow.ts';

/** Distinct byte strings, numbered in the order of their first appearance. */
export interface StringPool {
  readonly size: number;
  /** The number of the string that the bytes from `start` to `end` hold. */
  codeOf(bytes: Uint8Array, start: number, end: number): number;
  /** The strings, decoded from UTF-8, by their numbers. */
  strings(): string[];
  /** Give the memory back at once, instead of when it is collected. The pool must not be used any more. */
  free(): void;
}

/** How many bytes are decoded into one JavaScript string at a time; a string has a greatest length. */
const decodedAtOnce = 16_777_216;

/**
 * Start an empty pool: a hash table with open addressing over bytes, so that a cell whose text was
 * seen before costs no JavaScript string.
 */
export function createStringPool(): StringPool {
  // One piece of memory at first: streams start many pools, and pieces cost more than bytes.
  const first = new ArrayBuffer(3328);
  let ends = new Float64Array(first, 0, 64);
  let hashes = new Int32Array(first, 512, 64);
  let slots = new Int32Array(first, 768, 128);
  const recent = new Int32Array(first, 1280, 256);
  let stored = Buffer.from(first, 2304);
  let storedEnd = 0;
  let isAscii = true;
  let size = 0;

  // Most cells repeat one of a few texts: guess by length, first and last byte before hashing all.
  function codeOf(bytes: Uint8Array, start: number, end: number): number {
    const guess = (Math.imul(bytes[start]! ^ (end - start), 31) ^ bytes[end - 1]!) & 255;
    const code = recent[guess]! - 1;
    if (code >= 0 && isStored(code, bytes, start, end)) return code;
    const found = lookUp(bytes, start, end);
    recent[guess] = found + 1;
    return found;
  }

  function lookUp(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    let allBits = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      allBits |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) {
      const code = slots[slot]! - 1;
      if (hashes[code] === hash && isStored(code, bytes, start, end)) return code;
      slot = (slot + 1) & mask;
    }
    if (allBits >= 0x80) isAscii = false;
    slots[slot] = size + 1;
    return add(hash, bytes, start, end);
  }

  function isStored(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = code === 0 ? 0 : ends[code - 1]!;
    if (ends[code]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (bytes[i] !== stored[at++]) return false;
    return true;
  }

  function add(hash: number, bytes: Uint8Array, start: number, end: number): number {
    if (storedEnd + end - start > stored.length) {
      const grown = Buffer.allocUnsafeSlow((storedEnd + end - start) * 2);
      stored.copy(grown, 0, 0, storedEnd);
      leave(stored);
      stored = grown;
    }
    for (let i = start; i < end; i++) stored[storedEnd++] = bytes[i]!;
    const code = size++;
    ends[code] = storedEnd;
    hashes[code] = hash;
    if (size === ends.length) growTable();
    return code;
  }

  function growTable(): void {
    const former = [ends, hashes, slots];
    ends = grow(ends, size * 2);
    hashes = grow(hashes, size * 2);
    slots = new Int32Array(size * 4);
    former.forEach(leave);
    const mask = slots.length - 1;
    for (let code = 0; code < size; code++) {
      let slot = hashes[code]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
  }

  /** Many pools leave more memory behind than the collector, which sees small objects, thinks. */
  function leave({ buffer }: Growable): void {
    if (buffer !== first) (buffer as ArrayBuffer).transfer(0);
  }

  function strings(): string[] {
    const decoded = new Array<string>(size);
    if (!isAscii) {
      for (let code = 0; code < size; code++) {
        decoded[code] = stored.toString('utf8', code === 0 ? 0 : ends[code - 1]!, ends[code]!);
      }
      return decoded;
    }
    // One long string cut into pieces costs a fifth of decoding piece by piece.
    for (let code = 0; code < size;) {
      const from = code === 0 ? 0 : ends[code - 1]!;
      let last = code;
      while (last + 1 < size && ends[last + 1]! - from <= decodedAtOnce) last++;
      const text = stored.toString('latin1', from, ends[last]!);
      let at = from;
      for (; code <= last; code++) {
        decoded[code] = text.slice(at - from, ends[code]! - from);
        at = ends[code]!;
      }
    }
    return decoded;
  }

  return {
    get size() {
      return size;
    },
    codeOf,
    strings,
    free() {
      [ends, hashes, slots, stored].forEach(leave);
      first.transfer(0);
    },
  };
}
