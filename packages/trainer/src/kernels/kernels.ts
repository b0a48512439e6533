import type { ForestKernels } from './forest-kernels.ts';

/**
 * A kernel: works on the part [from, to) of the job whose parameters (see job-layout.ts) start at the
 * address `job`. Parts that do not overlap may be worked on by several threads at once.
 */
export type Kernel = (job: number, from: number, to: number) => void;

/**
 * The inner loops of gradient boosting, of forests, linear models and neural networks, over one memory.
 * There are two sets, WebAssembly and plain TypeScript, which write the same bits.
 */
export interface Kernels extends ForestKernels {
  readonly binValues: Kernel;
  readonly transposeBins: Kernel;
  /** Sort `count` unsigned keys in place; `spare` has room for them and for 2048 counters. */
  readonly sortKeys: (keys: number, spare: number, count: number) => void;
  /** Sort `count` doubles, none of them NaN; `spare` has room for them and for 12288 counters. */
  readonly sortDoubles: (values: number, spare: number, count: number) => void;
  /** `from` and `to` are rows; `from` starts a block. */
  readonly writeLogisticGradients: Kernel;
  readonly writeSquaredGradients: Kernel;
  readonly orderPacked: Kernel;
  readonly sumColumns: Kernel;
  readonly sumRows: Kernel;
  readonly subtractHistogram: Kernel;
  readonly scanSplits: Kernel;
  readonly partitionRows: (job: number, from: number, to: number, block: number) => void;
  readonly addLeafValues: Kernel;
  /** `from` and `to` are columns: multiples of a tile's; see products-layout.ts. */
  readonly sumProducts: Kernel;
  /** `from` and `to` are rows of the product; see matrices-layout.ts. */
  readonly multiplyMatrices: Kernel;
  /** What is not above 0 becomes 0; of `count` doubles. */
  readonly rectify: (values: number, count: number) => void;
  /** Slopes become 0 where the values are; `count` doubles of each. */
  readonly rectifySlopes: (slopes: number, values: number, count: number) => void;
  /** Copy words between addresses; the target may overlap the source from below. */
  readonly copyWords: (target: number, source: number, count: number) => void;
}
