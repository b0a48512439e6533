import { CELLS_ENDS, CELLS_STARTS, MOST_SHORT_BYTES } from '../src/kernels/cells-layout';
import { SAW_PUT_OFF } from './number-cells';
import { readLongNumbers } from './read-long-numbers';
import { readShortNumbers } from './read-short-numbers';

/** Read a column's cells as numbers: see readLongNumbers. Most columns have short ones, or long ones. */
export function readNumbers(job: usize): u32 {
  const start = load<u32>(<usize>load<u32>(job, CELLS_STARTS));
  const end = load<u32>(<usize>load<u32>(job, CELLS_ENDS));
  if (end - start > <u32>MOST_SHORT_BYTES + 1) return readLongNumbers(job, false);
  const seen = readShortNumbers(job);
  if ((seen & SAW_PUT_OFF) === 0) return seen;
  return (seen ^ SAW_PUT_OFF) | readLongNumbers(job, true);
}
