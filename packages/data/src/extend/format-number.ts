const zero = 48;
const minus = 45;
const point = 46;

const wholeNumber = /^-?\d+$/;

/** Scaled numbers up to here are exact to far less than the doubt below. */
const mostScaled = 2 ** 40;

/**
 * Write a number at a place of some bytes: in the fewest digits that read back as the same number, or
 * with exactly `decimals` of them behind the point, rounded as `toFixed` does.
 *
 * @returns the place behind it.
 */
export function formatNumber(
  value: number,
  decimals: number | undefined,
  bytes: Uint8Array,
  at: number,
): number {
  if (decimals === undefined || !Number.isFinite(value)) {
    return writeText(shortestText(value), bytes, at);
  }
  const scaled = Math.abs(value) * 10 ** decimals;
  const rounded = Math.round(scaled);
  // The product is rounded: near the middle between two results the exact digits must decide.
  const isClear = scaled < mostScaled && Math.abs(scaled - Math.floor(scaled) - 0.5) > 2 ** -10;
  if (!isClear) return writeText(value.toFixed(decimals), bytes, at);
  let place = at;
  if (value < 0) bytes[place++] = minus;
  const digits = Math.max(countDigits(rounded), decimals + 1);
  const end = place + digits + (decimals > 0 ? 1 : 0);
  let rest = rounded;
  for (let i = end - 1, left = decimals; i >= place; i--, left--) {
    if (left === 0 && decimals > 0) {
      bytes[i] = point;
      continue;
    }
    const tenth = Math.floor(rest / 10);
    bytes[i] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

/**
 * A number in the fewest digits that read back as the same number. A whole one beyond 2^53 - 1 has a
 * point and a zero as well: without them a column of whole numbers is one of names.
 */
export function shortestText(value: number): string {
  const text = String(value);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && wholeNumber.test(text) ? `${text}.0` : text;
}

function countDigits(whole: number): number {
  let digits = 1;
  for (let limit = 10; whole >= limit; limit *= 10) digits++;
  return digits;
}

function writeText(text: string, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}
