import type { Pace } from '../pace.ts';
import { chooseReflection } from './choose-reflection.ts';
import { type Triangle, transposeInPlace } from './triangle.ts';

/** A triangle whose unknowns stand in an order of their own. */
export interface PivotedTriangle extends Triangle {
  /** Which unknown of the triangle before stands in each place. */
  readonly order: Int32Array;
}

/**
 * Put the unknowns of a triangular system into an order in which each next one adds as much as any of
 * the rest could, so that what adds nothing comes last. The triangle before is used up.
 *
 * @see LAPACK's dgeqp3
 */
export async function pivotTriangle(
  { size, values, target }: Triangle,
  pace: Pace,
): Promise<PivotedTriangle> {
  for (let row = 1; row < size; row++) values.fill(0, row * size, row * size + row);
  // Then the numbers of a column lie next to each other.
  transposeInPlace(values, size);
  const columns = Array.from({ length: size }, (_, j) => values.subarray(j * size, (j + 1) * size));
  const order = Int32Array.from(columns, (_, j) => j);
  const squares = Float64Array.from(columns, (column) => squaresBehind(column, -1));
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let j = k + 1; j < size; j++) if (squares[j]! > squares[best]!) best = j;
    if (best !== k) for (const list of [order, squares]) swap(list, k, best);
    if (best !== k) swapAll(columns[k]!, columns[best]!);
    const own = columns[k]!;
    const corner = own[k]!;
    const length = Math.sqrt(corner * corner + squaresBehind(own, k));
    if (length === 0) break;
    const { head, scale } = chooseReflection(corner, length);
    const reflection = { from: k, scale };
    own[k] = head;
    for (let j = k + 1; j < size; j++) {
      squares[j] = reflect(own, columns[j]!, reflection);
      if (pace.isDue(3 * (size - k))) await pace.rest();
    }
    reflect(own, target, reflection);
    own.fill(0, k + 1);
    own[k] = corner - head;
  }
  transposeInPlace(values, size);
  return { size, values, target, order };
}

/** Reflect a vector. @returns the squares of what lies behind the entry that it is reflected from. */
function reflect(
  own: Float64Array,
  other: Float64Array,
  { from, scale }: { readonly from: number; readonly scale: number },
): number {
  let sum = 0;
  for (let i = from; i < own.length; i++) sum += own[i]! * other[i]!;
  const share = sum * scale;
  other[from]! -= share * own[from]!;
  let squares = 0;
  for (let i = from + 1; i < own.length; i++) {
    const value = other[i]! - share * own[i]!;
    other[i] = value;
    squares += value * value;
  }
  return squares;
}

function squaresBehind(values: Float64Array, place: number): number {
  let squares = 0;
  for (let i = place + 1; i < values.length; i++) squares += values[i]! * values[i]!;
  return squares;
}

function swap(values: Float64Array | Int32Array, a: number, b: number): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
}

function swapAll(a: Float64Array, b: Float64Array): void {
  const values = a.slice();
  a.set(b);
  b.set(values);
}
