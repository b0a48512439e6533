import {
  NUMBERS,
  SCANNED,
  SIBLING,
  SUMMING,
  SUM_COLUMNS,
  SUM_ROWS,
} from '../kernels/job-layout.ts';
import { JOB, SIBLING_JOB } from './boosting-memory.ts';
import { scanConstrained } from './scan-constrained.ts';
import type { Workbench } from './workbench.ts';
import { writeGradients } from './write-gradients.ts';

/** A part of an operation: what it covers, and its place among the parts. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly number: number;
}

/** Work that is shared out over threads; its parts may be done in any order. */
export type Operation = (bench: Workbench, part: Part) => void;

const binValues: Operation = ({ kernels }, { from, to }) => kernels.binValues(JOB, from, to);

const transposeBins: Operation = ({ kernels }, { from, to }) =>
  kernels.transposeBins(JOB, from, to);

const orderPacked: Operation = ({ kernels }, { from, to }) => kernels.orderPacked(JOB, from, to);

const partitionRows: Operation = ({ kernels }, { from, to, number }) =>
  kernels.partitionRows(JOB, from, to, number);

const addLeafValues: Operation = ({ kernels }, { from, to }) =>
  kernels.addLeafValues(JOB, from, to);

/**
 * Histogram, its sibling's by subtraction, and the best splits of both by numbers: all column by
 * column.
 */
const searchSplits: Operation = (bench, { from, to }) => {
  const { kernels, memory } = bench;
  const summing = memory.words[(JOB + SUMMING) >>> 2];
  if (summing === SUM_COLUMNS) kernels.sumColumns(JOB, from, to);
  else if (summing === SUM_ROWS) kernels.sumRows(JOB, from, to);
  if (memory.words[(JOB + SIBLING) >>> 2] !== 0) kernels.subtractHistogram(JOB, from, to);
  const end = Math.min(to, memory.words[(JOB + NUMBERS) >>> 2]!);
  for (const job of [JOB, SIBLING_JOB]) {
    if (memory.words[(job + SCANNED) >>> 2] === 0) continue;
    if (bench.search === 'kernel') kernels.scanSplits(job, from, end);
    else scanConstrained(bench, job, { from, to: end });
  }
};

/** Every operation; threads name them by their places. */
export const OPERATIONS = {
  binValues,
  transposeBins,
  writeGradients,
  orderPacked,
  searchSplits,
  partitionRows,
  addLeafValues,
} as const satisfies Record<string, Operation>;

/** The name of an operation. */
export type OperationName = keyof typeof OPERATIONS;
