import { LINE_FEEDS, QUOTES, RETURNS } from '../src/kernels/cells-layout';
import {
  SCAN_BASE,
  SCAN_CONSTANTS,
  SCAN_DELIMITER,
  SCAN_END,
  SCAN_IS_FINAL,
  SCAN_LINE_ENDS,
  SCAN_PLACES,
} from '../src/kernels/scan-layout';
import { BLOCK_BYTES, joinBits } from './block-bits';

const LINE_FEED: u32 = 10;

/**
 * Write down the places of delimiters and line feeds from `start` on, and those of line feeds once
 * more, until there are enough, or up to a block of bytes with a quote or a carriage return without a
 * line feed.
 *
 * @param wanted how many are enough; there are up to 63 more, and scribbles behind them.
 * @returns how many places there are, and in the upper half how many of line feeds.
 */
export function findPlaces(job: usize, start: u32, wanted: u32): u64 {
  const base = <usize>load<u32>(job, SCAN_BASE);
  // The line feed behind the last byte ends a row as well where nothing follows.
  const end = load<u32>(job, SCAN_END) + load<u32>(job, SCAN_IS_FINAL);
  const constants = <usize>load<u32>(job, SCAN_CONSTANTS);
  const lineFeeds = v128.load(constants, LINE_FEEDS);
  const returns = v128.load(constants, RETURNS);
  const quotes = v128.load(constants, QUOTES);
  const delimiters = i8x16.splat(<i8>load<u32>(job, SCAN_DELIMITER));
  const places = <usize>load<u32>(job, SCAN_PLACES);
  const lineEnds = <usize>load<u32>(job, SCAN_LINE_ENDS);
  const enough = places + ((<usize>wanted) << 2);
  let place = places;
  let lineEnd = lineEnds;
  for (let block = start; place < enough && block < end; block += BLOCK_BYTES) {
    const at = base + <usize>block;
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const aLines = i8x16.eq(a, lineFeeds);
    const bLines = i8x16.eq(b, lineFeeds);
    const cLines = i8x16.eq(c, lineFeeds);
    const dLines = i8x16.eq(d, lineFeeds);
    let lines = joinBits(aLines, bLines, cLines, dLines);
    const strange = v128.or(
      v128.or(eitherOf(a, quotes, returns), eitherOf(b, quotes, returns)),
      v128.or(eitherOf(c, quotes, returns), eitherOf(d, quotes, returns)),
    );
    if (i8x16.bitmask(strange) !== 0) {
      if (bitsOf(at, quotes) !== 0) break;
      const followed = (lines >> 1) | ((<u64>(load<u8>(at, 64) === LINE_FEED)) << 63);
      if ((bitsOf(at, returns) & ~followed) !== 0) break;
    }
    let found = joinBits(
      v128.or(aLines, i8x16.eq(a, delimiters)),
      v128.or(bLines, i8x16.eq(b, delimiters)),
      v128.or(cLines, i8x16.eq(c, delimiters)),
      v128.or(dLines, i8x16.eq(d, delimiters)),
    );
    if (end - block < BLOCK_BYTES) {
      const within = ((<u64>1) << (end - block)) - 1;
      found &= within;
      lines &= within;
    }
    for (; lines !== 0; lines &= lines - 1) {
      store<u32>(lineEnd, block + <u32>ctz(lines));
      lineEnd += 4;
    }
    const next = place + ((<usize>popcnt(found)) << 2);
    // Eight at a time: one branch for all costs less than one for each.
    do {
      for (let i: usize = 0; i < 8; i++) {
        store<u32>(place + (i << 2), block + <u32>ctz(found));
        found &= found - 1;
      }
      place += 32;
    } while (place < next);
    place = next;
  }
  return ((<u64>(lineEnd - lineEnds)) << 30) | ((<u64>(place - places)) >> 2);
}

function eitherOf(bytes: v128, one: v128, other: v128): v128 {
  return v128.or(i8x16.eq(bytes, one), i8x16.eq(bytes, other));
}

/** Which of 64 bytes are what is looked for: one bit each, the first is the lowest. */
function bitsOf(at: usize, wanted: v128): u64 {
  return joinBits(
    i8x16.eq(v128.load(at), wanted),
    i8x16.eq(v128.load(at, 16), wanted),
    i8x16.eq(v128.load(at, 32), wanted),
    i8x16.eq(v128.load(at, 48), wanted),
  );
}
