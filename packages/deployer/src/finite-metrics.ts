/** The metrics that JSON can hold: NaN and infinities are left out. */
export function finiteMetrics(metrics: { readonly [metric: string]: number }): {
  [metric: string]: number;
} {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}
