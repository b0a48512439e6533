/** The powers of ten that a double holds exactly: 10^0 to 10^22. */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** A whole number too long for one double: `head * 10^tailDigits + tail`, with head < 2^53. */
export interface LongWhole {
  readonly head: number;
  readonly tail: number;
  readonly tailDigits: number;
}

const mostTailDigits = 7;

/**
 * The double nearest to `long / 10^power`; NaN for more than 7 digits of tail, a power outside 0 to
 * 22, or in the rare case that the nearest of two neighbours cannot be told.
 *
 * Dividend, quotient and remainder are kept as sums of two doubles by error-free transformations
 * (Dekker 1971): the dividend is exact; so is the remainder of the first quotient; the second
 * quotient is off by less than 2^-49 units in the first one's last place. The sum is accepted when
 * stretching its rounding error by 2^-20, far more than that, does not change the rounded result
 * (Ziv's rounding test).
 */
export function divideExactly({ head, tail, tailDigits }: LongWhole, power: number): number {
  if (tailDigits > mostTailDigits || !(power >= 0 && power <= 22)) return NaN;
  const scale = powersOfTen[tailDigits]!;
  const divisor = powersOfTen[power]!;
  const product = head * scale;
  const roundedUp = product + tail;
  const rest = tail - (roundedUp - product) + productError(head, scale, product);
  const high = roundedUp + rest;
  const low = rest - (high - roundedUp);

  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - productError(quotient, divisor, back) + low;
  const correction = remainder / divisor;
  const sum = quotient + correction;
  const error = correction - (sum - quotient);
  return sum + error * (1 + 2 ** -20) === sum ? sum : NaN;
}

/** What rounding took from `a * b`, exactly: the true product is `product + productError`. */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a double's 53 (Veltkamp's splitting). */
function highHalf(a: number): number {
  const shifted = a * 134_217_729;
  return shifted - (shifted - a);
}
