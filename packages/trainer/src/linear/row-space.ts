import type { Pace } from '../pace.ts';
import { chooseReflection } from './choose-reflection.ts';
import { addScaled, dot } from './objective.ts';
import type { TriangularMatrix } from './triangle.ts';

/** Orthonormal directions that span some vectors, in which the vectors are a triangle. */
export interface RowSpace {
  /** Vector j is the sum over i <= j of entry (i, j) times direction i. */
  readonly triangle: TriangularMatrix;
  /** The sum of the directions times numbers, one a direction. */
  readonly expand: (numbers: Float64Array) => Promise<Float64Array>;
}

/**
 * Find directions that span vectors, by Householder reflections.
 *
 * @param vectors no more of them than each has numbers; they are used up.
 */
export async function reduceToRowSpace(
  vectors: readonly Float64Array[],
  pace: Pace,
): Promise<RowSpace> {
  const size = vectors.length;
  const length = vectors[0]!.length;
  const values = new Float64Array(size * size);
  /** Of each reflection; 0 where it changes nothing. */
  const scales = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const own = vectors[k]!;
    for (let i = 0; i < k; i++) values[i * size + k] = own[i]!;
    let squares = 0;
    for (let i = k; i < length; i++) squares += own[i]! * own[i]!;
    if (squares === 0) continue;
    const { head, scale, corner } = chooseReflection(own[k]!, Math.sqrt(squares));
    values[k * size + k] = corner;
    own[k] = head;
    scales[k] = scale;
    for (let j = k + 1; j < size; j++) {
      reflect(own, vectors[j]!, { from: k, scale: scales[k]! });
      if (pace.isDue(2 * (length - k))) await pace.rest();
    }
  }

  async function expand(numbers: Float64Array): Promise<Float64Array> {
    const sum = new Float64Array(length);
    sum.set(numbers);
    for (let k = size - 1; k >= 0; k--) {
      if (scales[k] !== 0) reflect(vectors[k]!, sum, { from: k, scale: scales[k]! });
      if (pace.isDue(2 * (length - k))) await pace.rest();
    }
    return sum;
  }
  return { triangle: { size, values }, expand };
}

function reflect(
  own: Float64Array,
  other: Float64Array,
  { from, scale }: { readonly from: number; readonly scale: number },
): void {
  const [by, reflected] = [own.subarray(from), other.subarray(from)];
  addScaled(reflected, by, -dot(by, reflected) * scale);
}
