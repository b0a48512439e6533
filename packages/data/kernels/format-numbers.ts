import {
  FORMAT_COUNT,
  FORMAT_DECIMALS,
  FORMAT_LENGTHS,
  FORMAT_POWERS,
  FORMAT_TEXTS,
  FORMAT_VALUES,
  SHORTEST,
  TEXT_SLOT_BYTES,
} from '../src/kernels/format-layout';
import { formatFixed } from './format-fixed';
import { formatShortest } from './format-shortest';

/**
 * Write numbers as texts, as `String` or `toFixed` do, each into a slot of its own. A length of 0
 * stands for a number that is left to the caller.
 */
export function formatNumbers(job: usize): void {
  const values = <usize>load<u32>(job, FORMAT_VALUES);
  const lengths = <usize>load<u32>(job, FORMAT_LENGTHS);
  const count = <usize>load<u32>(job, FORMAT_COUNT);
  const powers = <usize>load<u32>(job, FORMAT_POWERS);
  const isShortest = load<u32>(job, FORMAT_DECIMALS) === SHORTEST;
  let text = <usize>load<u32>(job, FORMAT_TEXTS);
  for (let i: usize = 0; i < count; i++, text += TEXT_SLOT_BYTES) {
    const value = load<f64>(values + (i << 3));
    const length = isShortest ? formatShortest(value, text, powers) : formatFixed(value, text, job);
    store<u32>(lengths + (i << 2), length);
  }
}
