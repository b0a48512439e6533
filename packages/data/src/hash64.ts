/**
 * 64 bits of hash in two halves that are worked out independently, each by the rounds of MurmurHash3
 * (Appleby) with its own constants. Not for secrets.
 */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const startHigh = 0x9e3779b9 | 0;
const startLow = 0x7f4a7c15;

/** One more 32-bit word for the high half. */
export function absorbHigh(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = state ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** One more 32-bit word for the low half. */
export function absorbLow(state: number, word: number): number {
  let k = Math.imul(word, 0x38b34ae5);
  k = (k << 17) | (k >>> 15);
  const h = state ^ Math.imul(k, 0xa1e38b93);
  return (Math.imul((h << 19) | (h >>> 13), 5) + 0x561ccd1b) | 0;
}

/** Spread every bit of a half over all of it. */
export function spread(half: number): number {
  let h = Math.imul(half ^ (half >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The hash of some 32-bit words; their number counts as well. */
export function hashWords(words: ArrayLike<number>): Hash64 {
  let high = startHigh;
  let low = startLow;
  for (let i = 0; i < words.length; i++) {
    high = absorbHigh(high, words[i]!);
    low = absorbLow(low, words[i]!);
  }
  return { high: spread(high ^ words.length), low: spread(low ^ words.length) };
}

/** The hash of a text's UTF-16 code units, as {@link hashWords} has it. */
export function hashText(text: string): Hash64 {
  let high = startHigh;
  let low = startLow;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = absorbHigh(high, unit);
    low = absorbLow(low, unit);
  }
  return { high: spread(high ^ text.length), low: spread(low ^ text.length) };
}
