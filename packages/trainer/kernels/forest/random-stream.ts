import { RANDOM, SEED } from '../../src/kernels/forest-layout';

/** Start the stream of random numbers of a seed and tree: the stream that core's has of them. */
export function openTreeStream(job: usize, tree: u32): void {
  start(job, mix(seedKey(job), tree));
}

/** Start the stream of a seed, tree and node. */
export function openNodeStream(job: usize, tree: u32, node: u32): void {
  start(job, mix(mix(seedKey(job), tree), node));
}

function seedKey(job: usize): u32 {
  return mix(mix(0x9e3779b9, load<u32>(job, SEED)), load<u32>(job, SEED + 4));
}

function start(job: usize, key: u32): void {
  store<u32>(job, key, RANDOM);
  store<u32>(job, mix(key, 1), RANDOM + 4);
  store<u32>(job, mix(key, 2), RANDOM + 8);
  store<u32>(job, 1, RANDOM + 12);
  for (let i = 0; i < 12; i++) nextWord(job);
}

function mix(key: u32, value: u32): u32 {
  let h = key ^ (value * 0x85ebca6b);
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16) ^ 0x27d4eb2f;
}

/** 32 random bits, by sfc32. */
export function nextWord(job: usize): u32 {
  const a = load<u32>(job, RANDOM);
  const b = load<u32>(job, RANDOM + 4);
  const c = load<u32>(job, RANDOM + 8);
  const counter = load<u32>(job, RANDOM + 12);
  const sum = a + b + counter;
  store<u32>(job, counter + 1, RANDOM + 12);
  store<u32>(job, b ^ (b >>> 9), RANDOM);
  store<u32>(job, c + (c << 3), RANDOM + 4);
  store<u32>(job, rotl<u32>(c, 21) + sum, RANDOM + 8);
  return sum;
}

/** A whole number in [0, bound), each as likely as any other. */
export function nextBelow(job: usize, bound: u32): u32 {
  const least = (0 - bound) % bound;
  let draw = nextWord(job);
  // The numbers that are left over at the upper end are drawn again.
  while (draw > 0xffffffff - least) draw = nextWord(job);
  return draw % bound;
}
