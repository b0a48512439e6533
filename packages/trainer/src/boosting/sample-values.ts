import type { Kernels } from '../kernels/kernels.ts';
import type { KernelMemory } from '../kernels/kernel-memory.ts';
import { SAMPLE_ROWS, type ValueCounts, countSorted } from './bin-tops.ts';

/** Distinct single-precision values below which doubles that they round are told apart. */
const FEW_VALUES = 1024;

/** Where keys may be sorted. */
export interface SortingRoom {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
  /** Address of room for as many keys as there are rows. */
  readonly keys: number;
  /** Address after it of room for as many and 2048 more. */
  readonly spare: number;
}

/**
 * Count the values of a column, of a sample of its rows where there are many. Where a column has very
 * many distinct values, they are rounded to single precision, whose keys sort faster.
 */
export function sampleValues(column: Float64Array, room: SortingRoom): ValueCounts {
  const { memory, keys } = room;
  const { length } = column;
  const sampled = Math.min(length, SAMPLE_ROWS);
  const asFloat = new Float32Array(1);
  const asBits = new Int32Array(asFloat.buffer);
  const target = memory.words.subarray(keys >>> 2, (keys >>> 2) + sampled);
  let count = 0;
  let isRounded = false;
  for (let i = 0; i < sampled; i++) {
    const value = column[sampled === length ? i : Math.floor((i * length) / sampled)]!;
    if (value !== value) continue;
    // -0 becomes 0: they are one value.
    asFloat[0] = value + 0;
    isRounded ||= asFloat[0] !== value;
    const bits = asBits[0]!;
    // Ascending as unsigned numbers: negative ones mirrored, positive ones after them.
    target[count++] = bits < 0 ? ~bits : bits | 0x80000000;
  }
  room.kernels.sortKeys(keys, room.spare, count);
  const rounded = countKeys(target.subarray(0, count), asBits, asFloat);
  return isRounded && rounded.values.length <= FEW_VALUES ? countExactly(column, sampled) : rounded;
}

/** Count ascending keys, and turn each distinct one back to its value. */
function countKeys(keys: Int32Array, asBits: Int32Array, asFloat: Float32Array): ValueCounts {
  const values = new Float64Array(keys.length);
  const counts = new Float64Array(keys.length);
  let distinct = 0;
  for (let i = 0; i < keys.length;) {
    const key = keys[i]!;
    const start = i;
    while (i < keys.length && keys[i] === key) i++;
    asBits[0] = key < 0 ? key ^ 0x80000000 : ~key;
    values[distinct] = asFloat[0]!;
    counts[distinct++] = i - start;
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}

function countExactly(column: Float64Array, sampled: number): ValueCounts {
  const values = new Float64Array(sampled);
  let count = 0;
  for (let i = 0; i < sampled; i++) {
    const value = column[Math.floor((i * column.length) / sampled)]!;
    if (value === value) values[count++] = value + 0;
  }
  return countSorted(values.subarray(0, count).sort());
}
