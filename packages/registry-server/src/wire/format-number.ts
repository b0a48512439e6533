/** A number as the protocol's JSON writes it: NaN and infinities are texts. */
export function formatNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
