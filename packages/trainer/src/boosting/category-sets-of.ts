import type { CategorySets } from '@gnu-mlops/model';
import type { FoundSplit, TreeLeaf } from './tree-leaf.ts';

/** The sets that a tree's splits ask for, in their order; undefined where none does. */
export function categorySetsOf(
  nodeCount: number,
  splits: readonly { readonly leaf: TreeLeaf; readonly found: FoundSplit }[],
): CategorySets | undefined {
  const setOf = new Int32Array(nodeCount).fill(-1);
  const starts = [0];
  const words: number[] = [];
  for (const { leaf, found } of splits) {
    const { categories } = found.feature;
    if (categories === undefined) continue;
    const codes = found.places.map((place) => categories.codes[place]!);
    const set = new Int32Array((Math.max(...codes) >>> 5) + 1);
    for (const code of codes) set[code >>> 5]! |= 1 << (code & 31);
    setOf[leaf.node] = starts.length - 1;
    for (const word of set) words.push(word);
    starts.push(words.length);
  }
  if (starts.length === 1) return undefined;
  return { setOf, starts: Int32Array.from(starts), words: Int32Array.from(words) };
}
