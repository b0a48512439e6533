/** The whole number of a decimal: little-endian words of 32 bits in two's complement. */
export function wordsToWhole(words: Uint32Array): bigint {
  let whole = 0n;
  for (let i = words.length - 1; i >= 0; i--) whole = (whole << 32n) | BigInt(words[i]!);
  return BigInt.asIntN(words.length * 32, whole);
}

/** `whole / 10^scale` in decimal, with `scale` places. */
export function decimalText(whole: bigint, scale: number): string {
  if (scale <= 0) return String(whole * 10n ** BigInt(-scale));
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const sign = whole < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
