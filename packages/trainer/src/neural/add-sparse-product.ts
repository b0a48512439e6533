import type { MatrixProduct } from '../kernels/matrix-room.ts';

/** As `addProduct` of a room, for a first matrix of which most is 0: what is 0 takes no time. */
export function addSparseProduct(product: MatrixProduct): void {
  const { rows, steps, columns, first, isTransposed = false, second, into } = product;
  const [lines, length] = isTransposed ? [steps, rows] : [rows, steps];
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      const value = first[line * length + at]!;
      if (value === 0) continue;
      const from = (isTransposed ? line : at) * columns;
      const to = (isTransposed ? at : line) * columns;
      for (let column = 0; column < columns; column++) {
        into[to + column]! += value * second[from + column]!;
      }
    }
  }
}
