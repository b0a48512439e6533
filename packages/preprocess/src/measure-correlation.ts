/**
 * Pearson's correlation over the rows in which both cells are there.
 *
 * @returns in [-1, 1]; NaN when one of the two is constant there.
 * @see pandas DataFrame.corr
 */
export function measureCorrelation(x: Float64Array, y: Float64Array): number {
  const correlation = collectCorrelation();
  correlation.add(x, y);
  return correlation.finish();
}

/** Pearson's correlation, gathered from chunk to chunk. */
export interface CorrelationAccumulator {
  add(x: Float64Array, y: Float64Array): void;
  finish(): number;
}

/** As {@link measureCorrelation}, of rows that come in chunks; where they are cut does not matter. */
export function collectCorrelation(): CorrelationAccumulator {
  let originX: number | undefined;
  let originY: number | undefined;
  let count = 0;
  let meanX = 0;
  let meanY = 0;
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  return { add, finish };

  function add(x: Float64Array, y: Float64Array): void {
    // From any row's values, so that an offset costs no digits.
    const start = x.findIndex((value, row) => !Number.isNaN(value - y[row]!));
    const fromOriginX = (originX ??= x[start]) ?? 0;
    const fromOriginY = (originY ??= y[start]) ?? 0;
    for (let row = 0; row < x.length; row++) {
      // Welford's update: no difference of large sums.
      const atX = x[row]! - fromOriginX;
      const atY = y[row]! - fromOriginY;
      const fromX = atX - meanX;
      const fromY = atY - meanY;
      if (Number.isNaN(fromX) || Number.isNaN(fromY)) continue;
      count++;
      meanX += fromX / count;
      meanY += fromY / count;
      squaresX += fromX * (atX - meanX);
      squaresY += fromY * (atY - meanY);
      products += fromX * (atY - meanY);
    }
  }

  function finish(): number {
    const correlation = products / Math.sqrt(squaresX) / Math.sqrt(squaresY);
    return Math.max(-1, Math.min(1, correlation));
  }
}
