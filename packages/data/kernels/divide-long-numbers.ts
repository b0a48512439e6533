import {
  LONG_WAY_DIVISOR,
  LONG_WAY_HIGH,
  LONG_WAY_INVERSE,
  LONG_WAY_LOW,
  SAW_OPEN,
} from '../src/kernels/cells-layout';

/**
 * Divide sums of two doubles, two at a time, as divideExactly of the TypeScript twin does. The second
 * quotient, which needs to be good to some 30 bits only, is a product with the divisor's inverse. Where
 * the nearest double cannot be told, the result is NaN, and seen as open.
 *
 * @param divisions `capacity` greater parts of dividends, as many lesser ones, as many addresses of
 * results and as many of ways to read long numbers.
 * @param count how many of them there are; the last is divided twice where they are odd.
 * @returns what was seen.
 */
export function divideLongNumbers(divisions: usize, capacity: usize, count: usize): u32 {
  const toLows = capacity << 3;
  const targets = divisions + (capacity << 4);
  const toWays = capacity << 2;
  if ((count & 1) !== 0) {
    const last = divisions + ((count - 1) << 3);
    store<f64>(last, load<f64>(last), 8);
    store<f64>(last + toLows, load<f64>(last + toLows), 8);
    const lastTarget = targets + ((count - 1) << 2);
    store<u32>(lastTarget, load<u32>(lastTarget), 4);
    store<u32>(lastTarget + toWays, load<u32>(lastTarget + toWays), 4);
  }
  const splitter = f64x2.splat(134_217_729);
  const stretch = f64x2.splat(1 + 2.0 ** -20);
  const end = divisions + (count << 3);
  let seen: u32 = 0;
  for (let at = divisions, target = targets; at < end; at += 16, target += 8) {
    const high = v128.load(at);
    const low = v128.load(at + toLows);
    const first = <usize>load<u32>(target + toWays);
    const second = <usize>load<u32>(target + toWays, 4);
    const divisor = loadBoth(first + LONG_WAY_DIVISOR, second + LONG_WAY_DIVISOR);
    const divisorHigh = loadBoth(first + LONG_WAY_HIGH, second + LONG_WAY_HIGH);
    const divisorLow = loadBoth(first + LONG_WAY_LOW, second + LONG_WAY_LOW);
    const inverse = loadBoth(first + LONG_WAY_INVERSE, second + LONG_WAY_INVERSE);

    const quotient = f64x2.div(high, divisor);
    const back = f64x2.mul(quotient, divisor);
    // The upper 26 bits of the quotient's 53 (Veltkamp's splitting).
    const shifted = f64x2.mul(quotient, splitter);
    const quotientHigh = f64x2.sub(shifted, f64x2.sub(shifted, quotient));
    const quotientLow = f64x2.sub(quotient, quotientHigh);
    // What rounding took from `back`, exactly.
    const highProduct = f64x2.sub(back, f64x2.mul(quotientHigh, divisorHigh));
    const withLow = f64x2.sub(highProduct, f64x2.mul(quotientLow, divisorHigh));
    const withBoth = f64x2.sub(withLow, f64x2.mul(quotientHigh, divisorLow));
    const error = f64x2.sub(f64x2.mul(quotientLow, divisorLow), withBoth);
    const remainder = f64x2.add(f64x2.sub(f64x2.sub(high, back), error), low);
    const correction = f64x2.mul(remainder, inverse);
    const value = f64x2.add(quotient, correction);
    const rest = f64x2.sub(correction, f64x2.sub(value, quotient));
    const isTold = f64x2.eq(f64x2.add(value, f64x2.mul(rest, stretch)), value);
    if (i64x2.bitmask(isTold) !== 3) seen = SAW_OPEN;
    // Where the comparison is false, all bits are set, which is a NaN.
    const result = v128.or(value, v128.not(isTold));
    v128.store64_lane(<usize>load<u32>(target), result, 0);
    v128.store64_lane(<usize>load<u32>(target, 4), result, 1);
  }
  return seen;
}

function loadBoth(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_splat(first), 1);
}
