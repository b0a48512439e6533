import {
  GREATEST_POWER,
  LEAST_POWER,
  WHOLE_POWERS,
  WHOLE_POWER_COUNT,
  WIDE_POWERS,
} from './format-layout.ts';

const wideBits = 128;
const lowerHalf = (1n << 64n) - 1n;

/** Write the powers of ten that numbers are written by: see `FORMAT_POWERS`. */
export function putPowers(view: DataView): void {
  for (let power = 0; power < WHOLE_POWER_COUNT; power++) {
    view.setBigUint64(WHOLE_POWERS + power * 8, 10n ** BigInt(power), true);
  }
  let ten = 1n;
  for (let power = 0; power <= GREATEST_POWER; power++, ten *= 10n) {
    const bits = ten.toString(16).length * 4;
    putWide(view, power, firstBits(ten, bits));
    if (power > 0 && -power >= LEAST_POWER) {
      // The inverse, with enough bits in front of the point to cut some off.
      const inverse = ((1n << BigInt(bits + wideBits)) + ten - 1n) / ten;
      putWide(view, -power, firstBits(inverse, inverse.toString(16).length * 4));
    }
  }
}

/** The first 128 bits of a number of at most so many, rounded up. */
function firstBits(value: bigint, most: number): bigint {
  let bits = most;
  while (value >> BigInt(bits - 1) === 0n) bits--;
  if (bits <= wideBits) return value << BigInt(wideBits - bits);
  const cut = BigInt(bits - wideBits);
  return (value + (1n << cut) - 1n) >> cut;
}

function putWide(view: DataView, power: number, wide: bigint): void {
  const at = WIDE_POWERS + (power - LEAST_POWER) * 16;
  view.setBigUint64(at, wide >> 64n, true);
  view.setBigUint64(at + 8, wide & lowerHalf, true);
}
