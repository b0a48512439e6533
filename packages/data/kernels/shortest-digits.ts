import { LEAST_POWER, WIDE_POWERS } from '../src/kernels/format-layout';

const FRACTION_BITS: i32 = 52;
const HIDDEN_BIT: u64 = 0x10_0000_0000_0000;
/** What a double's exponent is greater by than that of its digits as a whole number. */
const EXPONENT_BIAS: i32 = 1075;

/** The power of ten that the digits found last stand before. */
export let decimalExponent: i32 = 0;

/**
 * The shortest decimal number that reads back as the given one, and of several the closest: Raffaello
 * Giulietti's Schubfach ("The Schubfach way to render doubles"). Its digits may end in zeros.
 *
 * @param value neither zero nor infinite; its sign is passed over.
 */
export function shortestDigits(value: f64, powers: usize): u64 {
  const bits = reinterpret<u64>(value);
  const fraction = bits & (HIDDEN_BIT - 1);
  const biased = <i32>((bits >> FRACTION_BITS) & 0x7ff);
  let whole = fraction;
  let exponent = 1 - EXPONENT_BIAS;
  if (biased !== 0) {
    whole |= HIDDEN_BIT;
    exponent = biased - EXPONENT_BIAS;
    if (exponent <= 0 && exponent >= -FRACTION_BITS && <i32>ctz(whole) >= -exponent) {
      decimalExponent = 0;
      return whole >> -exponent;
    }
  }
  // What rounds to the number lies between its halves of the way to its neighbours: four times as large,
  // these are whole numbers. Below a power of two the neighbour is half as far.
  const isPower = u32(fraction === 0 && biased > 1);
  const isOdd = whole & 1;
  const power = (exponent * 1262611 - (isPower !== 0 ? 524031 : 0)) >> 22;
  const shift = <u64>(exponent + ((-power * 1741647) >> 19) + 1);
  const wide = powers + ((<usize>(-power - LEAST_POWER)) << 4);
  const high = load<u64>(wide, WIDE_POWERS);
  const low = load<u64>(wide, WIDE_POWERS + 8);
  const least = scale(high, low, (4 * whole - 2 + isPower) << shift) + isOdd;
  const exact = scale(high, low, (4 * whole) << shift);
  const most = scale(high, low, (4 * whole + 2) << shift) - isOdd;

  const digits = exact >> 2;
  if (digits >= 10) {
    const fewer = digits / 10;
    const isBelow = least <= 40 * fewer;
    const isAbove = 40 * fewer + 40 <= most;
    if (isBelow !== isAbove) {
      decimalExponent = power + 1;
      return fewer + u64(isAbove);
    }
  }
  decimalExponent = power;
  const isBelow = least <= 4 * digits;
  const isAbove = 4 * digits + 4 <= most;
  if (isBelow !== isAbove) return digits + u64(isAbove);
  const middle = 4 * digits + 2;
  const isUp = exact > middle || (exact === middle && (digits & 1) !== 0);
  return digits + u64(isUp);
}

/** The product's upper 64 bits of 192; the lowest one is set where any below them is. */
function scale(high: u64, low: u64, factor: u64): u64 {
  const carried = high * factor;
  const middle = carried + upperHalf(low, factor);
  const upper = upperHalf(high, factor) + u64(middle < carried);
  return upper | u64(middle > 1);
}

/** The upper 64 bits of a product. */
function upperHalf(a: u64, b: u64): u64 {
  const aLow = a & 0xffff_ffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffff_ffff;
  const bHigh = b >> 32;
  const first = aHigh * bLow + ((aLow * bLow) >> 32);
  const second = aLow * bHigh + (first & 0xffff_ffff);
  return aHigh * bHigh + (first >> 32) + (second >> 32);
}
