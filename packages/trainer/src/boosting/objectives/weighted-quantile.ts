/**
 * The value below which the share `alpha` of the weight lies: midway between two values where the
 * share falls on their border.
 */
export function weightedQuantile(
  values: Float64Array | Int32Array,
  weights: Float64Array,
  alpha: number,
): number {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  for (let i = 0; i < order.length; i++) {
    before += weights[order[i]!]!;
    if (before > alpha * total || i === order.length - 1) return values[order[i]!]!;
    if (before === alpha * total) return (values[order[i]!]! + values[order[i + 1]!]!) / 2;
  }
  return 0;
}
