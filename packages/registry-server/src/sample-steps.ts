/**
 * Steps to draw of several histories: all where there are no more than `most`, else `most` of them,
 * evenly spread, and the first and last of each history.
 *
 * @param histories the steps of each history, in any order, repeated or not.
 */
export function sampleSteps(
  histories: readonly (readonly number[])[],
  most: number,
): ReadonlySet<number> {
  const all = [...new Set(histories.flat())].sort((a, b) => a - b);
  if (all.length <= most) return new Set(all);
  const spread = Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
  return new Set([...spread, ...histories.flatMap(ends)]);
}

function ends(steps: readonly number[]): number[] {
  if (steps.length === 0) return [];
  let [first, last] = [Infinity, -Infinity];
  for (const step of steps) {
    if (step < first) first = step;
    if (step > last) last = step;
  }
  return [first, last];
}
