import type { Histogram } from './column-profile.ts';

const mostBins = 20;

/**
 * Count numbers in at most 20 bins of equal width; a few whole numbers in a row get a bin each.
 *
 * @param sorted ascending, without NaN.
 */
export function countBins(sorted: Float64Array): Histogram {
  const finite = sorted.filter(Number.isFinite);
  if (finite.length === 0) return { edges: [], counts: [] };
  const edges = edgesFor(finite);
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of finite) {
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges, counts };
}

function edgesFor(finite: Float64Array): number[] {
  const low = finite[0]!;
  const high = finite[finite.length - 1]!;
  if (high - low < mostBins && finite.every(Number.isInteger)) {
    return Array.from({ length: high - low + 2 }, (_, i) => low - 0.5 + i);
  }
  // Ends that are next to each other, or whose distance overflows, leave no room for bins.
  const step = high / mostBins - low / mostBins;
  const inner = Array.from({ length: mostBins - 1 }, (_, i) => low + step * (i + 1));
  const edges = [low, ...inner, high];
  return edges.every((edge, i) => i === 0 || edge > edges[i - 1]!) ? edges : [low, high];
}
