import { powersOfTen } from '../divide-exactly.ts';
import {
  ABOVE_NINE,
  HUNDRED_MILLIONS,
  HUNDREDS,
  LEAD_ORDERS,
  LINE_FEEDS,
  LONG_WAYS,
  LONG_WAY_BYTES,
  LONG_WAY_DIVISOR,
  LONG_WAY_HIGH,
  LONG_WAY_INVERSE,
  LONG_WAY_LOW,
  MOST_FRACTION,
  MOST_SHORT_BYTES,
  NO_POINT,
  ONES,
  POINTS,
  QUOTES,
  RETURNS,
  SHORT_WAYS,
  SHORT_WAY_BYTES,
  SHORT_WAY_DIVISORS,
  TENS,
  TEN_THOUSANDS,
  ZEROS,
} from './cells-layout.ts';

/** What stands in each of the four words of a constant. */
const words = [
  [ONES, 0xff_ff_ff_ff],
  [POINTS, 0x2e_2e_2e_2e],
  [ZEROS, 0x30_30_30_30],
  // The sum of this and a byte above nine has the highest bit.
  [ABOVE_NINE, 0x76_76_76_76],
  [TENS, 0x01_0a_01_0a],
  [HUNDREDS, 0x00_01_00_64],
  [TEN_THOUSANDS, 0x00_01_27_10],
  [LINE_FEEDS, 0x0a_0a_0a_0a],
  [RETURNS, 0x0d_0d_0d_0d],
  [QUOTES, 0x22_22_22_22],
] as const;

/** In an order of bytes: a zero, taken from nowhere. */
const zeroByte = 0x80;
const places = Uint8Array.from({ length: 16 }, (_, place) => place);
const mostLeadDigits = 3;

/** Write what the kernels load in place of constants: see `CELLS_CONSTANTS`. */
export function putConstants(view: DataView): void {
  for (const [at, word] of words) {
    for (let byte = 0; byte < 16; byte += 4) view.setUint32(at + byte, word, true);
  }
  putDoubles(view, HUNDRED_MILLIONS, [100_000_000, 1]);
  putLeadOrders(view);
  putLongWays(view);
  putShortWays(view);
}

function putLeadOrders(view: DataView): void {
  for (let whole = 0; whole <= mostLeadDigits; whole++) {
    for (let count = 0; count <= mostLeadDigits; count++) {
      const digits = Array.from({ length: count }, (_, digit) => digit + Number(digit >= whole));
      const zeros = Array<number>(mostLeadDigits + 1 - count).fill(zeroByte);
      const order = [...zeros, ...digits, ...Array<number>(12).fill(zeroByte)];
      putBytes(view, LEAD_ORDERS + (whole * (mostLeadDigits + 1) + count) * 16, order);
    }
  }
}

function putLongWays(view: DataView): void {
  for (let fraction = 0; fraction <= MOST_FRACTION + 1; fraction++) {
    const mask = Array.from({ length: 16 }, (_, byte) => (byte < 16 - fraction ? 0 : 0xff));
    const power = fraction > MOST_FRACTION ? 1 : powersOfTen[fraction]!;
    for (const [isNegative, divisor] of [power, -power].entries()) {
      const at = LONG_WAYS + (fraction * 2 + isNegative) * LONG_WAY_BYTES;
      // The upper 26 bits of the divisor's 53 (Veltkamp's splitting).
      const shifted = divisor * 134_217_729;
      const high = shifted - (shifted - divisor);
      putBytes(view, at, mask);
      view.setFloat64(at + LONG_WAY_DIVISOR, divisor, true);
      view.setFloat64(at + LONG_WAY_HIGH, high, true);
      view.setFloat64(at + LONG_WAY_LOW, divisor - high, true);
      view.setFloat64(at + LONG_WAY_INVERSE, 1 / divisor, true);
    }
  }
}

function putShortWays(view: DataView): void {
  for (let length = 0; length <= MOST_SHORT_BYTES; length++) {
    for (let fraction = 0; fraction < length; fraction++) {
      putShortWay(view, { length, fraction, digits: length - 1, divisor: powersOfTen[fraction]! });
    }
    putShortWay(view, { length, fraction: NO_POINT, digits: length, divisor: 1 });
  }
}

/** A number's last bytes are moved together where the point is left out. */
function putShortWay(
  view: DataView,
  about: { length: number; fraction: number; digits: number; divisor: number },
): void {
  const { length, fraction, digits, divisor } = about;
  const at = SHORT_WAYS + (fraction * (MOST_SHORT_BYTES + 1) + length) * SHORT_WAY_BYTES;
  const order = new Uint8Array(view.buffer, view.byteOffset + at, 16);
  order.fill(zeroByte);
  order.set(places.subarray(16 - length, 16 - length + digits), 16 - digits);
  const behind = Math.min(fraction, digits);
  order.set(places.subarray(16 - behind), 16 - behind);
  // Where there is no digit, the last byte is taken, which is none.
  if (digits === 0) order.set(places.subarray(15), 15);
  putDoubles(view, at + SHORT_WAY_DIVISORS, [divisor, -divisor]);
}

function putBytes(view: DataView, at: number, bytes: readonly number[]): void {
  bytes.forEach((value, byte) => view.setUint8(at + byte, value));
}

function putDoubles(view: DataView, at: number, values: readonly number[]): void {
  values.forEach((value, i) => view.setFloat64(at + i * 8, value, true));
}
