/** As divideExactly of the TypeScript twin, for digits that 64 bits hold; NaN where it cannot tell. */
export function divideLong(digits: u64, divisor: f64): f64 {
  const high = <f64>digits;
  const low = <f64>(<i64>(digits - <u64>high));
  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - productError(quotient, divisor, back) + low;
  const correction = remainder / divisor;
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
