import type { SortedNumbers } from './quantile-of-sorted.ts';

/** Bins no wider than this are merged with their neighbour. */
const narrowest = 1e-8;

/**
 * Where to cut a column into bins.
 *
 * @param sorted finite.
 * @returns the inner edges, ascending: none for a constant column.
 * @see scikit-learn KBinsDiscretizer, with numpy's quantiles "averaged_inverted_cdf".
 */
export function findEdges(
  sorted: SortedNumbers,
  binCount: number,
  strategy: 'quantile' | 'uniform',
): number[] {
  if (sorted.length === 0) return [];
  const smallest = sorted.at(0)!;
  const largest = sorted.at(sorted.length - 1)!;
  if (smallest === largest) return [];
  if (strategy === 'uniform') {
    const width = (largest - smallest) / binCount;
    const edges = Array.from({ length: binCount - 1 }, (_, i) => smallest + (i + 1) * width);
    return edges.filter((edge, i) => edge > (edges[i - 1] ?? smallest));
  }
  const step = 100 / binCount;
  const all = Array.from({ length: binCount + 1 }, (_, i) =>
    averagedQuantile(sorted, i === binCount ? 1 : (i * step) / 100),
  );
  const apart = all.filter((edge, i) => i === 0 || edge - all[i - 1]! > narrowest);
  return apart.slice(1, -1);
}

/** The smallest value that the share of values does not exceed; between two such, their mean. */
function averagedQuantile(sorted: SortedNumbers, share: number): number {
  const position = sorted.length * share - 1;
  const below = Math.floor(position);
  const last = sorted.length - 1;
  const low = sorted.at(Math.max(0, Math.min(below, last)))!;
  const high = sorted.at(Math.max(0, Math.min(below + 1, last)))!;
  return position === below ? low + (high - low) / 2 : high;
}
