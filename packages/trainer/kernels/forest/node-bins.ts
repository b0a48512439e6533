import {
  COLUMN_BINS,
  COUNT,
  FEATURE_COUNT,
  ROWS,
  ROW_BINS,
  SPARSE_PART,
} from '../../src/kernels/forest-layout';

/** Whether the node's rows lie so far apart that their bins are read row by row. */
export function isSparse(job: usize): bool {
  return <u64>load<u32>(job, COUNT) * SPARSE_PART < <u64>load<u32>(job, ROWS);
}

/** The address of a feature's bin of row 0, in the layout that suits the node. */
export function binsOf(job: usize, feature: usize): usize {
  return isSparse(job)
    ? <usize>load<u32>(job, ROW_BINS) + feature
    : <usize>load<u32>(job, COLUMN_BINS) + feature * <usize>load<u32>(job, ROWS);
}

/** Bytes from a feature's bin of one row to that of the next. */
export function binStep(job: usize): usize {
  return isSparse(job) ? <usize>load<u32>(job, FEATURE_COUNT) : 1;
}
