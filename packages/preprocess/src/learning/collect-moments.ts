import { numbersIn } from '../cells.ts';
import {
  type Moments,
  addToSum,
  meanOfSum,
  measureDistances,
  openSum,
} from '../measure-moments.ts';
import type { Accumulator } from './learn-columns.ts';

/**
 * Count, mean and population variance of the cells that are not NaN. Where the chunks are cut does
 * not matter to the mean. Distances are taken from the mean of the first chunk that has a value, so
 * that an offset costs no digits of the variance.
 *
 * @see Chan, Golub, LeVeque, "Algorithms for computing the sample variance" (1983), for the merge.
 */
export function collectMoments(): Accumulator<Moments> {
  const total = openSum();
  let origin = NaN;
  let offset = 0;
  let squares = 0;
  return {
    add(cells) {
      const values = numbersIn(cells);
      const before = total.count;
      addToSum(total, values);
      const count = total.count - before;
      if (count === 0) return;
      if (before === 0) {
        origin = meanOfSum(total);
        ({ offset, squares } = measureDistances(values, origin));
        return;
      }
      const part = measureFrom(origin, values);
      const apart = part.offset - offset;
      squares += part.squares + apart * apart * ((before * count) / total.count);
      offset += apart * (count / total.count);
    },
    finish: () => ({
      count: total.count,
      mean: meanOfSum(total),
      variance: squares / total.count,
    }),
  };
}

function measureFrom(
  origin: number,
  values: Float64Array,
): { readonly offset: number; readonly squares: number } {
  const distances = values.map((value) => value - origin);
  const total = openSum();
  addToSum(total, distances);
  const near = meanOfSum(total);
  const { offset, squares } = measureDistances(distances, near);
  return { offset: near + offset, squares };
}
