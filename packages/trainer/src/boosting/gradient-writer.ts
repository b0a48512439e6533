import {
  BLOCK_ROWS,
  BLOCK_SUMS,
  DITHER_KEY,
  GRADIENT_SCALE,
  HESSIAN_SCALE,
  PACKED,
  SCORES,
} from '../kernels/job-layout.ts';
import { TrainingDivergedError } from '../errors.ts';
import { JOB } from './boosting-memory.ts';
import type { Desk } from './desk.ts';
import { type FixedPoint, chooseFixedPoint, hasRoom } from './fixed-point.ts';

/** Gradients as they are in the desk's memory. */
export interface WrittenGradients {
  readonly fixedPoint: FixedPoint;
  /** Sums over all rows, one an output, in fixed point. */
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** How rounding is done, and for whom. */
export interface Rounding {
  /** Whether to round to either side by chance, so that many small gradients are not all lost. */
  readonly isDithered: boolean;
  /** The dialect's name, for messages. */
  readonly algorithm: string;
}

/**
 * Make what writes the gradients of a round, at the scale that the round before suggests: where they
 * turn out to be larger than there is room for, they are written again.
 *
 * @throws {TrainingDivergedError} from the writer, where no scale has room for them.
 */
export function createGradientWriter(
  desk: Desk,
  { isDithered, algorithm }: Rounding,
): (round: number) => WrittenGradients {
  const { outputCount } = desk.bench.objective;
  const { rowCount } = desk.layout;
  const blocks = Math.ceil(rowCount / BLOCK_ROWS);
  const sums = (k: number) => desk.addressOf(BLOCK_SUMS) / 8 + 4 * blocks * k;
  let fixedPoint: FixedPoint | undefined;

  return (round) => {
    desk.write(JOB, SCORES, desk.addressOf(SCORES));
    desk.write(JOB, PACKED, desk.addressOf(PACKED));
    desk.write(JOB, DITHER_KEY, isDithered ? (round + 1) * 2_654_435_761 : 0);
    for (;;) {
      const tried = fixedPoint ?? { gradientScale: 1, hessianScale: 1 };
      write(tried);
      const most = largest();
      const isFit = fixedPoint !== undefined && hasRoom(tried, most);
      fixedPoint = chooseFixedPoint(most);
      if (!hasRoom(fixedPoint, most)) throw new TrainingDivergedError(algorithm, round + 1);
      if (isFit) {
        return {
          fixedPoint: tried,
          gradients: Float64Array.from({ length: outputCount }, (_, k) => sum(k, 2)),
          hessians: Float64Array.from({ length: outputCount }, (_, k) => sum(k, 3)),
        };
      }
    }
  };

  function write(scale: FixedPoint): void {
    desk.writeDouble(JOB, GRADIENT_SCALE, scale.gradientScale);
    desk.writeDouble(JOB, HESSIAN_SCALE, scale.hessianScale);
    desk.crew.run('writeGradients', {
      extent: rowCount,
      grain: 2 * BLOCK_ROWS,
      align: BLOCK_ROWS,
    });
  }

  /** The largest sums of any output. */
  function largest(): { gradients: number; hessians: number } {
    let gradients = 0;
    let hessians = 0;
    for (let k = 0; k < outputCount; k++) {
      gradients = Math.max(gradients, sum(k, 0));
      hessians = Math.max(hessians, sum(k, 1));
    }
    return { gradients, hessians };
  }

  function sum(output: number, which: number): number {
    const { doubles } = desk.bench.memory;
    let total = 0;
    for (let block = 0; block < blocks; block++) {
      total += doubles[sums(output) + 4 * block + which]!;
    }
    return total;
  }
}
