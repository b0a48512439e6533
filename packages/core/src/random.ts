/** A stream of seeded random numbers. The same seed and path give the same stream anywhere. */
export interface Random {
  /** A whole number in [0, 2^32). */
  nextUint32(): number;
  /** A number in [0, 1) with 53 random bits. */
  nextFloat(): number;
  /** A whole number in [0, bound), free of modulo bias. `bound` is in [1, 2^32]. */
  nextInt(bound: number): number;
  /** A draw from the standard normal distribution. */
  nextNormal(): number;
}

/**
 * Open a random stream keyed by a seed and a path, such as `createRandom(42, treeIndex)`.
 *
 * Streams with different keys are independent, so work that is split over threads by key gives the
 * same numbers however it is split. The generator is sfc32 (Doty-Humphrey's PractRand), keyed by
 * the MurmurHash3 finaliser; it is not for secrets.
 *
 * @param seed any finite number; its IEEE 754 bits are hashed.
 * @param path whole numbers in [0, 2^32).
 */
export function createRandom(seed: number, ...path: readonly number[]): Random {
  const bits = new Uint32Array(new Float64Array([seed]).buffer);
  let key = mix(mix(0x9e3779b9, bits[0]!), bits[1]!);
  for (const step of path) key = mix(key, step);
  let a = key;
  let b = mix(key, 1);
  let c = mix(key, 2);
  let counter = 1;

  function nextUint32(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) nextUint32();

  const nextFloat = () =>
    ((nextUint32() >>> 5) * 67_108_864 + (nextUint32() >>> 6)) / 9_007_199_254_740_992;

  function nextInt(bound: number): number {
    const limit = 4_294_967_296 - (4_294_967_296 % bound);
    let draw = nextUint32();
    while (draw >= limit) draw = nextUint32();
    return draw % bound;
  }

  function nextNormal(): number {
    // Marsaglia's polar method: no sine or cosine, whose last bits differ between engines.
    for (;;) {
      const u = 2 * nextFloat() - 1;
      const v = 2 * nextFloat() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  return { nextUint32, nextFloat, nextInt, nextNormal };
}

/** Shuffle in place, every order equally likely (Fisher-Yates). Returns the same array. */
export function shuffle<T extends Int32Array | unknown[]>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.nextInt(i + 1);
    const held = items[i];
    items[i] = items[j] as never;
    items[j] = held as never;
  }
  return items;
}

function mix(key: number, value: number): number {
  let h = (key ^ Math.imul(value | 0, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16) ^ 0x27d4eb2f;
}
