import { GROUP_ROWS, SLOT_BYTES } from '../src/kernels/node-layout';
import {
  FEATURE_COUNT,
  GROUP_BYTES,
  ROWS,
  ROW_COUNT,
  SEARCHES,
  SEARCH_BYTES,
  SEARCH_HALF,
  SEARCH_TOPS,
  VALUES,
  VALUE_BYTES,
} from '../src/kernels/walk-layout';

/**
 * Write the rows' codes: how many of a feature's thresholds are below its value. A feature has two
 * slots, as a missing value goes right in the first and left in the second; before them all is the
 * leaves' slot, which is left alone. A group that is not full is written with what lies behind.
 */
export function encodeRows(section: usize): void {
  const features = load<u32>(section, FEATURE_COUNT);
  const rowCount = load<u32>(section, ROW_COUNT);
  const groupBytes = <usize>load<u32>(section, GROUP_BYTES);
  const valueBytes = <usize>load<u32>(section, VALUE_BYTES);
  let search = <usize>load<u32>(section, SEARCHES);
  let values = <usize>load<u32>(section, VALUES);
  let slot = <usize>load<u32>(section, ROWS) + SLOT_BYTES;
  for (let feature = <u32>0; feature < features; feature++) {
    const tops = <usize>load<u32>(search, SEARCH_TOPS);
    const half = <usize>load<u32>(search, SEARCH_HALF);
    if (rowCount === 1) {
      encodeValue(slot, load<f64>(values), tops, half);
    } else {
      const end = values + ((<usize>rowCount) << 3);
      let to = slot;
      for (let from = values; from < end; from += 8 * GROUP_ROWS, to += groupBytes) {
        encodeFour(to, from, tops, half);
        encodeFour(to + 8, from + 32, tops, half);
      }
    }
    search += SEARCH_BYTES;
    values += valueBytes;
    slot += 2 * SLOT_BYTES;
  }
}

function encodeValue(slot: usize, value: f64, tops: usize, largerHalf: usize): void {
  let at = tops;
  for (let half = largerHalf; half > 4; half >>= 1) at = halve(at, half, value);
  storeCode(slot, value, at - tops);
}

/** Four searches side by side, so that none waits for its memory alone. */
function encodeFour(slot: usize, values: usize, tops: usize, largerHalf: usize): void {
  const value0 = load<f64>(values);
  const value1 = load<f64>(values, 8);
  const value2 = load<f64>(values, 16);
  const value3 = load<f64>(values, 24);
  let at0 = tops;
  let at1 = tops;
  let at2 = tops;
  let at3 = tops;
  for (let half = largerHalf; half > 4; half >>= 1) {
    at0 = halve(at0, half, value0);
    at1 = halve(at1, half, value1);
    at2 = halve(at2, half, value2);
    at3 = halve(at3, half, value3);
  }
  storeCode(slot, value0, at0 - tops);
  storeCode(slot + 2, value1, at1 - tops);
  storeCode(slot + 4, value2, at2 - tops);
  storeCode(slot + 6, value3, at3 - tops);
}

/** Go on in the upper half where the value is above the lower one's last threshold; without a branch. */
function halve(at: usize, half: usize, value: f64): usize {
  return at + (half & (0 - <usize>(value > load<f64>(at + half - 8))));
}

function storeCode(slot: usize, value: f64, bytesBelow: usize): void {
  const below = <u32>(bytesBelow >> 3);
  // No threshold is below NaN.
  store<u16>(slot, below | (0 - <u32>(value !== value)));
  store<u16>(slot, below, SLOT_BYTES);
}
