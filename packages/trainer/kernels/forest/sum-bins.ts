import {
  BIN_COUNTS,
  CLASS_COUNT,
  COUNT,
  HISTOGRAMS,
  INDEX,
  KIND,
  LEAST_ROWS,
  MISSING,
  PAIRS,
  ROW_COUNTS,
  START,
  STATS,
} from '../../src/kernels/forest-layout';
import { binStep, binsOf } from './node-bins';

/** Bytes of a bin's sums. */
export function slotBytes(job: usize): usize {
  return load<i32>(job, KIND) === PAIRS ? 16 : (<usize>load<u32>(job, CLASS_COUNT) + 1) << 3;
}

/** The histogram of the feature at a place of the batch, and its row counts. */
export function histogramAt(job: usize, place: usize): usize {
  return <usize>load<u32>(job, HISTOGRAMS) + place * 256 * slotBytes(job);
}

export function rowCountsAt(job: usize, place: usize): usize {
  return <usize>load<u32>(job, ROW_COUNTS) + place * 1024;
}

/** Fill the histograms of a batch of features, whose numbers lie at `features`, over the node's rows. */
export function sumBins(job: usize, features: usize, width: usize): void {
  for (let place: usize = 0; place < width; place++) clear(job, features, place);
  let place: usize = 0;
  if (load<i32>(job, KIND) === PAIRS) {
    if (width === 4) {
      sumFour(job, features);
      place = 4;
    }
    for (; place + 2 <= width; place += 2) sumTwo(job, features, place);
    if (place < width) sumOne(job, features, place);
  } else {
    for (; place < width; place++) sumClasses(job, features, place);
  }
  if (load<u32>(job, LEAST_ROWS) < 2) return;
  for (place = 0; place < width; place++) countRows(job, features, place);
}

function featureAt(features: usize, place: usize): usize {
  return <usize>load<u32>(features + (place << 2));
}

function clear(job: usize, features: usize, place: usize): void {
  const feature = featureAt(features, place);
  const bins = <usize>load<u32>(<usize>load<u32>(job, BIN_COUNTS) + (feature << 2));
  const bytes = slotBytes(job);
  const histogram = histogramAt(job, place);
  // One bin more, as bins are looked at in pairs.
  memory.fill(histogram, 0, min<usize>(bins + 1, 256) * bytes);
  memory.fill(histogram + MISSING * bytes, 0, bytes);
  if (load<u32>(job, LEAST_ROWS) > 1) memory.fill(rowCountsAt(job, place), 0, 1024);
}

function sumFour(job: usize, features: usize): void {
  const step = binStep(job);
  const a = binsOf(job, featureAt(features, 0));
  const b = binsOf(job, featureAt(features, 1));
  const c = binsOf(job, featureAt(features, 2));
  const d = binsOf(job, featureAt(features, 3));
  const histogram = histogramAt(job, 0);
  const start = <usize>load<u32>(job, START);
  const index = <usize>load<u32>(job, INDEX) + (start << 2);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const count = <usize>load<u32>(job, COUNT);
  for (let n: usize = 0; n < count; n++) {
    const row = <usize>load<u32>(index + (n << 2)) * step;
    const stat = v128.load(stats + (n << 4));
    const first = histogram + ((<usize>load<u8>(a + row)) << 4);
    v128.store(first, f64x2.add(v128.load(first), stat));
    const second = histogram + ((<usize>load<u8>(b + row)) << 4);
    v128.store(second, f64x2.add(v128.load(second, 4096), stat), 4096);
    const third = histogram + ((<usize>load<u8>(c + row)) << 4);
    v128.store(third, f64x2.add(v128.load(third, 8192), stat), 8192);
    const fourth = histogram + ((<usize>load<u8>(d + row)) << 4);
    v128.store(fourth, f64x2.add(v128.load(fourth, 12288), stat), 12288);
  }
}

function sumTwo(job: usize, features: usize, place: usize): void {
  const step = binStep(job);
  const a = binsOf(job, featureAt(features, place));
  const b = binsOf(job, featureAt(features, place + 1));
  const histogram = histogramAt(job, place);
  const start = <usize>load<u32>(job, START);
  const index = <usize>load<u32>(job, INDEX) + (start << 2);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const count = <usize>load<u32>(job, COUNT);
  for (let n: usize = 0; n < count; n++) {
    const row = <usize>load<u32>(index + (n << 2)) * step;
    const stat = v128.load(stats + (n << 4));
    const first = histogram + ((<usize>load<u8>(a + row)) << 4);
    v128.store(first, f64x2.add(v128.load(first), stat));
    const second = histogram + ((<usize>load<u8>(b + row)) << 4);
    v128.store(second, f64x2.add(v128.load(second, 4096), stat), 4096);
  }
}

function sumOne(job: usize, features: usize, place: usize): void {
  const step = binStep(job);
  const a = binsOf(job, featureAt(features, place));
  const histogram = histogramAt(job, place);
  const start = <usize>load<u32>(job, START);
  const index = <usize>load<u32>(job, INDEX) + (start << 2);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const count = <usize>load<u32>(job, COUNT);
  for (let n: usize = 0; n < count; n++) {
    const row = <usize>load<u32>(index + (n << 2)) * step;
    const first = histogram + ((<usize>load<u8>(a + row)) << 4);
    v128.store(first, f64x2.add(v128.load(first), v128.load(stats + (n << 4))));
  }
}

function sumClasses(job: usize, features: usize, place: usize): void {
  const step = binStep(job);
  const bytes = slotBytes(job);
  const a = binsOf(job, featureAt(features, place));
  const histogram = histogramAt(job, place);
  const start = <usize>load<u32>(job, START);
  const index = <usize>load<u32>(job, INDEX) + (start << 2);
  const stats = <usize>load<u32>(job, STATS) + (start << 4);
  const count = <usize>load<u32>(job, COUNT);
  for (let n: usize = 0; n < count; n++) {
    const row = <usize>load<u32>(index + (n << 2)) * step;
    const weight = load<f64>(stats + (n << 4));
    const slot = histogram + <usize>load<u8>(a + row) * bytes;
    store<f64>(slot, load<f64>(slot) + weight);
    const share = slot + 8 + ((<usize>load<f64>(stats + (n << 4), 8)) << 3);
    store<f64>(share, load<f64>(share) + weight);
  }
}

function countRows(job: usize, features: usize, place: usize): void {
  const step = binStep(job);
  const a = binsOf(job, featureAt(features, place));
  const counts = rowCountsAt(job, place);
  const index = <usize>load<u32>(job, INDEX) + ((<usize>load<u32>(job, START)) << 2);
  const count = <usize>load<u32>(job, COUNT);
  for (let n: usize = 0; n < count; n++) {
    const row = <usize>load<u32>(index + (n << 2)) * step;
    const slot = counts + ((<usize>load<u8>(a + row)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
}
