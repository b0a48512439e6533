import type { Pace } from '../pace.ts';
import { chooseReflection } from './choose-reflection.ts';
import type { Triangle } from './triangle.ts';

/** Some equations: one a row. */
export interface RowBlock {
  readonly rowCount: number;
  /** The columns of the unknowns, then the target: column-major, rowCount values each. */
  readonly values: Float64Array;
}

/**
 * Reduce a triangular system and more equations to a triangular system of the same squared errors but for
 * a constant, in the place of the one before, by Householder reflections. The block is used up.
 *
 * @see LAPACK's dtpqrt: below the diagonal of the triangle nothing but the block has to vanish.
 */
export async function foldRows(triangle: Triangle, block: RowBlock, pace: Pace): Promise<void> {
  const { size, values: upper, target } = triangle;
  const { rowCount, values } = block;
  for (let k = 0; k < size; k++) {
    const own = values.subarray(k * rowCount, (k + 1) * rowCount);
    let squares = 0;
    for (let i = 0; i < rowCount; i++) squares += own[i]! * own[i]!;
    if (squares === 0) continue;
    const at = k * size;
    const before = upper[at + k]!;
    const { head, scale, corner } = chooseReflection(before, Math.sqrt(before * before + squares));
    upper[at + k] = corner;
    let j = k + 1;
    for (; j + 1 < size; j += 2) {
      const first = values.subarray(j * rowCount, (j + 1) * rowCount);
      const second = values.subarray((j + 1) * rowCount, (j + 2) * rowCount);
      reflectTwo(own, first, second, { upper, at: at + j, head, scale });
    }
    for (; j < size; j++) {
      const other = values.subarray(j * rowCount, (j + 1) * rowCount);
      upper[at + j]! -= head * reflect(own, other, { entry: upper[at + j]!, head, scale });
    }
    const last = values.subarray(size * rowCount, (size + 1) * rowCount);
    target[k]! -= head * reflect(own, last, { entry: target[k]!, head, scale });
    if (pace.isDue(2 * rowCount * (size - k))) await pace.rest();
  }
}

/** Reflect the part of a column in the block. @returns what to take, times the head, from its entry above. */
function reflect(
  own: Float64Array,
  other: Float64Array,
  { entry, head, scale }: { entry: number; head: number; scale: number },
): number {
  let sum = head * entry;
  for (let i = 0; i < own.length; i++) sum += own[i]! * other[i]!;
  const share = sum * scale;
  for (let i = 0; i < own.length; i++) other[i]! -= share * own[i]!;
  return share;
}

/** Reflect two columns at once, which reads what both need once. */
function reflectTwo(
  own: Float64Array,
  first: Float64Array,
  second: Float64Array,
  { upper, at, head, scale }: { upper: Float64Array; at: number; head: number; scale: number },
): void {
  let one = head * upper[at]!;
  let two = head * upper[at + 1]!;
  for (let i = 0; i < own.length; i++) {
    const value = own[i]!;
    one += value * first[i]!;
    two += value * second[i]!;
  }
  one *= scale;
  two *= scale;
  upper[at]! -= head * one;
  upper[at + 1]! -= head * two;
  for (let i = 0; i < own.length; i++) {
    const value = own[i]!;
    first[i]! -= one * value;
    second[i]! -= two * value;
  }
}
