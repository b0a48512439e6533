import {
  FORMAT_DECIMALS,
  FORMAT_POWERS,
  FORMAT_SCALE,
  MOST_DECIMALS,
} from '../src/kernels/format-layout';
import { POINT, bytesFrom, countDigits, sixteenDigits } from './digits';
import { MINUS, ZERO } from './number-cells';

/** Scaled numbers up to here are exact to far less than the doubt below. */
const MOST_SCALED: f64 = 1_099_511_627_776;
const DOUBT: f64 = 1 / 1024;

/**
 * Write a number with so many digits behind the point, rounded as `toFixed` does.
 *
 * @returns its length; 0 where exact digits must decide how to round, and for large numbers.
 */
export function formatFixed(value: f64, text: usize, job: usize): u32 {
  const decimals = load<u32>(job, FORMAT_DECIMALS);
  const scaled = abs(value) * load<f64>(job, FORMAT_SCALE);
  const rounded = floor(scaled + 0.5);
  // The product is rounded: near the middle between two results it does not tell.
  const isClear = scaled < MOST_SCALED && abs(scaled - floor(scaled) - 0.5) > DOUBT;
  if (!isClear || decimals > <u32>MOST_DECIMALS) return 0;
  let at = text;
  if (value < 0) store<u8>(at++, MINUS);
  const whole = <u64>rounded;
  const powers = <usize>load<u32>(job, FORMAT_POWERS);
  const upper = whole / 100_000_000;
  const lower = whole - upper * 100_000_000;
  const bytes = v128.or(sixteenDigits(<u32>upper, <u32>lower), i8x16.splat(<i8>ZERO));
  const digits = max<u32>(countDigits(whole | 1, powers), decimals + 1);
  v128.store(at, bytesFrom(bytes, 16 - digits));
  if (decimals === 0) return <u32>(at - text) + digits;
  const point = at + digits - decimals;
  store<u8>(point, POINT);
  v128.store(point + 1, bytesFrom(bytes, 16 - decimals));
  return <u32>(at - text) + digits + 1;
}
