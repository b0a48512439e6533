/**
 * As divideExactly of the TypeScript twin, for digits below 2^63; NaN where it cannot tell. The second
 * quotient, which needs to be good to some 30 bits only, is a product with the divisor's inverse.
 */
export function divideLong(digits: u64, divisor: f64, inverse: f64): f64 {
  const upper = <f64>(<i32>(digits >> 32)) * 4_294_967_296.0;
  const lower = <f64>(<i64>(digits & 0xffffffff));
  const high = upper + lower;
  const low = lower - (high - upper);
  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - productError(quotient, divisor, back) + low;
  const correction = remainder * inverse;
  const sum = quotient + correction;
  const error = correction - (sum - quotient);
  return sum + error * (1 + 2.0 ** -20) === sum ? sum : NaN;
}

/** What rounding took from `a * b`, exactly: the true product is `product + productError`. */
function productError(a: f64, b: f64, product: f64): f64 {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a double's 53 (Veltkamp's splitting). */
function highHalf(a: f64): f64 {
  const shifted = a * 134_217_729;
  return shifted - (shifted - a);
}
