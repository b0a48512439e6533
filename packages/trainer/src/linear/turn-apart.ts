import type { Pace } from '../pace.ts';
import { dot } from './objective.ts';

/** Multiplications that a number of two vectors is worth. */
const TURN_WORK = 5;

/** More sweeps than any matrix of doubles needs. */
const MOST_SWEEPS = 60;

/**
 * Turn vectors within the space that they span until each is at a right angle to all others: what is
 * left of them are singular vectors, as long as the singular values (Jacobi's method from one side).
 * Numbers that belong to the vectors are turned with them.
 *
 * @param vectors turned in their place.
 * @param numbers one a vector.
 * @param options.short vectors up to this length need not be apart from each other.
 * @see Demmel and Veselic: singular values come out to the last digits that the vectors determine.
 */
export async function turnApart(
  vectors: readonly Float64Array[],
  numbers: Float64Array,
  { short, pace }: { readonly short: number; readonly pace: Pace },
): Promise<void> {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const squares = Float64Array.from(vectors, (vector) => dot(vector, vector));
    // Vectors that short are rounding of the rounding of the longest.
    const shortest = Number.EPSILON ** 3 * squares.reduce((most, each) => Math.max(most, each), 0);
    let isApart = true;
    for (let a = 0; a < vectors.length; a++) {
      for (let b = a + 1; b < vectors.length; b++) {
        if (Math.min(squares[a]!, squares[b]!) <= shortest) continue;
        if (Math.max(squares[a]!, squares[b]!) <= short * short) continue;
        const product = dot(vectors[a]!, vectors[b]!);
        const isRight =
          Math.abs(product) <= 4 * Number.EPSILON * Math.sqrt(squares[a]!) * Math.sqrt(squares[b]!);
        if (isRight) continue;
        isApart = false;
        const slope = (squares[b]! - squares[a]!) / (2 * product);
        const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
        turn(vectors[a]!, vectors[b]!, tangent);
        turn(numbers.subarray(a, a + 1), numbers.subarray(b, b + 1), tangent);
        squares[a]! -= tangent * product;
        squares[b]! += tangent * product;
        if (pace.isDue(TURN_WORK * vectors[a]!.length)) await pace.rest();
      }
    }
    if (isApart) return;
  }
}

function turn(a: Float64Array, b: Float64Array, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const value = a[i]!;
    const other = b[i]!;
    a[i] = cosine * value - sine * other;
    b[i] = sine * value + cosine * other;
  }
}
