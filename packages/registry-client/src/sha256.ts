const roundConstants = Uint32Array.from(firstPrimes(64), (prime) => fractionBits(Math.cbrt(prime)));
const initialState = Uint32Array.from(firstPrimes(8), (prime) => fractionBits(Math.sqrt(prime)));

/** A digest of bytes that come piece by piece. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** 64 hex digits; ends the use of this object. */
  digest(): string;
}

/**
 * The SHA-256 digest of a text in UTF-8, or of bytes, as 64 hex digits. Written out here because the
 * ledger is verified where there is no Node, and the browser's own digest is asynchronous, absent on
 * plain HTTP, and takes no pieces.
 *
 * @see FIPS 180-4.
 */
export function sha256Hex(content: string | Uint8Array): string {
  const hash = createSha256();
  hash.update(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return hash.digest();
}

/** Begin a digest of bytes that come piece by piece. */
export function createSha256(): Sha256 {
  const state = Uint32Array.from(initialState);
  const schedule = new Uint32Array(64);
  const block = new Uint8Array(64);
  let filled = 0;
  let length = 0;

  function compress(bytes: Uint8Array, offset: number): void {
    fillSchedule(schedule, bytes, offset);
    compressBlock(state, schedule);
  }
  function update(bytes: Uint8Array): void {
    let offset = 0;
    length += bytes.length;
    if (filled > 0) {
      offset = Math.min(64 - filled, bytes.length);
      block.set(bytes.subarray(0, offset), filled);
      filled += offset;
      if (filled < 64) return;
      compress(block, 0);
    }
    for (; offset + 64 <= bytes.length; offset += 64) compress(bytes, offset);
    block.set(bytes.subarray(offset));
    filled = bytes.length - offset;
  }
  function digest(): string {
    const bits = BigInt(length) * 8n;
    // One bit, zeros, and the length in bits, up to a whole block.
    const padding = new Uint8Array(filled < 56 ? 64 - filled : 128 - filled);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.length - 8, bits);
    update(padding);
    return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
  }
  return { update, digest };
}

function fillSchedule(schedule: Uint32Array, message: Uint8Array, offset: number): void {
  for (let i = 0, at = offset; i < 16; i++, at += 4) {
    schedule[i] =
      (message[at]! << 24) | (message[at + 1]! << 16) | (message[at + 2]! << 8) | message[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const a = schedule[i - 15]!;
    const b = schedule[i - 2]!;
    const small0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
    const small1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
    schedule[i] = schedule[i - 16]! + small0 + schedule[i - 7]! + small1;
  }
}

function compressBlock(state: Uint32Array, schedule: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + roundConstants[i]! + schedule[i]!) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + big0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i]! += word;
  });
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}

/** The first 32 bits of a number's fraction. */
function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}
