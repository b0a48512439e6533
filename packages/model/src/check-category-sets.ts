import type { CategorySets } from './category-sets.ts';
import { ModelInvalidError } from './errors.ts';

/**
 * Check that sets of categories lie within their words, and that only splits ask for them.
 *
 * @param splitFeature one entry a node; -1 = leaf.
 * @throws {ModelInvalidError} naming the array and the index.
 */
export function checkCategorySets(sets: CategorySets, splitFeature: Int32Array): void {
  const { setOf, starts, words } = sets;
  const setCount = starts.length - 1;
  if (setOf.length !== splitFeature.length) {
    throw invalid('setOf', `has ${setOf.length} entries for ${splitFeature.length} nodes`);
  }
  if (starts[0] !== 0) throw invalid('starts[0]', `is ${starts[0]}, not 0`);
  for (let set = 0; set < setCount; set++) {
    if (starts[set + 1]! < starts[set]!) {
      throw invalid(`starts[${set + 1}]`, 'comes before the one before it');
    }
  }
  if (starts[setCount] !== words.length) {
    throw invalid('starts', `ends at ${starts[setCount]} where there are ${words.length} words`);
  }
  for (let node = 0; node < setOf.length; node++) {
    const set = setOf[node]!;
    if (set < -1 || set >= setCount) {
      throw invalid(`setOf[${node}]`, `is ${set} where there are ${setCount} sets`);
    }
    if (set >= 0 && splitFeature[node]! < 0) {
      throw invalid(`setOf[${node}]`, `is ${set} at a leaf, where it must be -1`);
    }
  }
}

function invalid(name: string, what: string): ModelInvalidError {
  return new ModelInvalidError(`estimator.categorySets.${name}`, what);
}
