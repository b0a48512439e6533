import {
  COLUMNS,
  FIRST,
  FIRST_ROW,
  FIRST_STEP,
  MATRICES_JOB_BYTES,
  PRODUCT,
  PRODUCT_ROW,
  SECOND,
  SECOND_ROW,
  STEPS,
} from './matrices-layout.ts';
import { openKernels } from './open-kernels.ts';
import { reserveMemory } from './reserve-memory.ts';
import type { WasmModule } from './web-assembly.ts';

/** Some matrices of numbers, row-major, that can be multiplied with each other. */
export interface MatrixRoom {
  /** Take room for numbers: zeros. */
  readonly take: (length: number) => Float64Array;
  /** Add the product of two matrices to a third, all of which are in this room. */
  readonly addProduct: (product: MatrixProduct) => void;
  /** What is not above 0 becomes 0, and NaN stays. */
  readonly rectify: (values: Float64Array) => void;
  /** Slopes become 0 where the values, as many, are not above 0. */
  readonly rectifySlopes: (slopes: Float64Array, values: Float64Array) => void;
}

/** Two matrices, rows x steps and steps x columns, and what their product is added to. */
export interface MatrixProduct {
  readonly rows: number;
  readonly steps: number;
  readonly columns: number;
  readonly first: Float64Array;
  /** The first matrix is given column by column: steps x rows. */
  readonly isTransposed?: boolean;
  readonly second: Float64Array;
  readonly into: Float64Array;
}

/** How much room is needed, and for what. */
export interface RoomNeed {
  /** All numbers that will be taken. */
  readonly length: number;
  readonly rowCount: number;
  readonly featureCount: number;
}

/**
 * Make room.
 *
 * @param module left out: the kernel's TypeScript twin does the work, with the same bits.
 * @throws {TrainingMemoryError} where there is none.
 */
export function openMatrixRoom(
  { length, ...about }: RoomNeed,
  module: WasmModule | undefined,
): MatrixRoom {
  const bytes = MATRICES_JOB_BYTES + 8 * length;
  const { kernels, memory } = openKernels(reserveMemory({ bytes, ...about }, module));
  const { doubles, unsigned } = memory;
  let taken = MATRICES_JOB_BYTES / 8;
  return {
    take(count) {
      const start = taken;
      taken += count;
      return doubles.subarray(start, taken);
    },
    addProduct({ rows, steps, columns, first, isTransposed = false, second, into }) {
      unsigned[FIRST >>> 2] = first.byteOffset;
      unsigned[FIRST_ROW >>> 2] = isTransposed ? 8 : 8 * steps;
      unsigned[FIRST_STEP >>> 2] = isTransposed ? 8 * rows : 8;
      unsigned[SECOND >>> 2] = second.byteOffset;
      unsigned[SECOND_ROW >>> 2] = 8 * columns;
      unsigned[PRODUCT >>> 2] = into.byteOffset;
      unsigned[PRODUCT_ROW >>> 2] = 8 * columns;
      unsigned[STEPS >>> 2] = steps;
      unsigned[COLUMNS >>> 2] = columns;
      kernels.multiplyMatrices(0, 0, rows);
    },
    rectify: (values) => kernels.rectify(values.byteOffset, values.length),
    rectifySlopes: (slopes, values) =>
      kernels.rectifySlopes(slopes.byteOffset, values.byteOffset, values.length),
  };
}
