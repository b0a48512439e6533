/** Levels a unit has in the histograms: powers of two. */
export interface FixedPoint {
  readonly gradientScale: number;
  readonly hessianScale: number;
}

/** What the rounded gradients may add up to at most, and the hessians. */
const GRADIENT_ROOM = 2 ** 30;
const HESSIAN_ROOM = 2 ** 31;

/** The finest scales at which sums as large as these, or a quarter larger, have room. */
export function chooseFixedPoint(sums: { gradients: number; hessians: number }): FixedPoint {
  return {
    gradientScale: powerBelow(GRADIENT_ROOM / (1.25 * sums.gradients)),
    hessianScale: powerBelow(HESSIAN_ROOM / (1.25 * sums.hessians)),
  };
}

/** Whether sums have room at a scale. */
export function hasRoom(
  { gradientScale, hessianScale }: FixedPoint,
  sums: { gradients: number; hessians: number },
): boolean {
  return (
    sums.gradients * gradientScale <= GRADIENT_ROOM && sums.hessians * hessianScale <= HESSIAN_ROOM
  );
}

/** The largest power of two that is not above `limit`, within what doubles calculate well with. */
function powerBelow(limit: number): number {
  const exponent = Math.floor(Math.log2(Math.min(Math.max(limit, 2 ** -200), 2 ** 200)));
  return 2 ** exponent;
}
