import { divideExactly, powersOfTen } from './divide-exactly.ts';

/** One more digit behind a whole number below this gives one below 2^53, which is exact. */
export const roomForDigit = 9e14;

const plus = 43;
const minus = 45;
const point = 46;

/**
 * The number that the bytes from `start` to `end` write in decimal, bit-identical to
 * `Number(text)`; blanks around it are passed over. NaN where they are no decimal number, or one that
 * is left to `Number(text)`.
 *
 * Leading digits are gathered in `head` while it stays below 2^53, and so exact; further ones in
 * `tail`. Without a tail and with a power of ten |k| <= 22, `head` and `10^|k|` are doubles, so that
 * one multiplication or division, rounded once, is right (Clinger 1990, How to read floating point
 * numbers accurately). Up to seven digits of tail and -22 <= k <= 0 go through {@link divideExactly}.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  let stop = end;
  while (i < stop && isBlank(bytes[i]!)) i++;
  while (i < stop && isBlank(bytes[stop - 1]!)) stop--;
  if (i === stop) return NaN;
  const isNegative = bytes[i] === minus;
  if (isNegative || bytes[i] === plus) i++;

  const digitsStart = i;
  let pointAt = -1;
  let head = 0;
  let tail = 0;
  let tailDigits = 0;
  for (; i < stop; i++) {
    const digit = bytes[i]! - 48;
    if (digit >= 0 && digit <= 9) {
      if (head < roomForDigit) head = head * 10 + digit;
      else {
        tail = tail * 10 + digit;
        tailDigits++;
      }
    } else if (digit === point - 48 && pointAt < 0) pointAt = i;
    else break;
  }
  if (i - digitsStart - (pointAt < 0 ? 0 : 1) === 0) return NaN;
  const fractionDigits = pointAt < 0 ? 0 : i - pointAt - 1;
  const k = (i < stop ? parseExponent(bytes, i, stop) : 0) - fractionDigits;
  const value = tailDigits === 0 ? scale(head, k) : divideExactly({ head, tail, tailDigits }, -k);
  return isNegative ? -value : value;
}

/** head x 10^k; NaN where that may round twice. */
function scale(head: number, k: number): number {
  if (k === 0) return head;
  if (k < 0) return k >= -22 ? head / powersOfTen[-k]! : NaN;
  return k <= 22 ? head * powersOfTen[k]! : NaN;
}

/** The power of ten behind `e` or `E`; NaN where there is none, or one beyond any fast path. */
function parseExponent(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start]! | 0x20) !== 0x65) return NaN;
  let i = start + 1;
  const isNegative = bytes[i] === minus;
  if (isNegative || bytes[i] === plus) i++;
  if (i >= end || end - i > 4) return NaN;
  let exponent = 0;
  for (; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return NaN;
    exponent = exponent * 10 + digit;
  }
  return isNegative ? -exponent : exponent;
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}
