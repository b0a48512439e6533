import { createRandom } from '@gnu-mlops/core';

/**
 * How often each row is in the bag of one tree: `rowCount` draws with replacement.
 * Depends on the seed and the tree's number alone.
 */
export function drawBootstrap(
  rowCount: number,
  key: { readonly seed: number; readonly tree: number },
): Int32Array {
  const random = createRandom(key.seed, key.tree);
  const multiplicity = new Int32Array(rowCount);
  for (let draw = 0; draw < rowCount; draw++) multiplicity[random.nextInt(rowCount)]! += 1;
  return multiplicity;
}
