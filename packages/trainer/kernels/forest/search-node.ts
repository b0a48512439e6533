import {
  BATCH,
  DRAWN,
  FEATURES_PER_SPLIT,
  FEATURE_COUNT,
  KIND,
  NODE,
  PAIRS,
  SCORE,
  SPLIT_FEATURE,
  SWAPS,
  TOTALS,
  TREE,
  URN,
} from '../../src/kernels/forest-layout';
import { nextBelow, openNodeStream } from './random-stream';
import { sideScore } from './scan-classes';
import { scanFeature } from './scan-feature';
import { sumBins } from './sum-bins';

/**
 * Find the best split of the job's node, whose sums are known, over features drawn for it. As long as
 * all of them are constant, more are drawn.
 */
export function searchNode(job: usize): void {
  const isPairs = load<i32>(job, KIND) === PAIRS;
  const featureCount = load<u32>(job, FEATURE_COUNT);
  const perSplit = load<u32>(job, FEATURES_PER_SPLIT);
  store<i32>(job, -1, SPLIT_FEATURE);
  store<f64>(job, isPairs ? -1 : -Infinity, SCORE);
  refillUrn(job);
  openNodeStream(job, load<u32>(job, TREE), load<u32>(job, NODE));
  let seen: u32 = 0;
  let constants: u32 = 0;
  while (seen < featureCount && (seen < perSplit || seen === constants)) {
    const width = seen < perSplit ? min<u32>(BATCH, perSplit - seen) : 1;
    const features = <usize>load<u32>(job, URN) + ((<usize>seen) << 2);
    for (let place: u32 = 0; place < width; place++) drawFeature(job, featureCount);
    sumBins(job, features, width);
    for (let place: u32 = 0; place < width; place++) {
      const feature = <usize>load<u32>(features + ((<usize>place) << 2));
      constants += u32(scanFeature(job, feature, place));
    }
    seen += width;
  }
  if (load<i32>(job, SPLIT_FEATURE) < 0) return;
  const totals = <usize>load<u32>(job, TOTALS);
  const score = load<f64>(job, SCORE);
  const gain = isPairs ? score / load<f64>(totals) : score - sideScore(job, totals, 0);
  store<f64>(job, max<f64>(0, gain), SCORE);
}

/** Put all features back to their places. */
function refillUrn(job: usize): void {
  const urn = <usize>load<u32>(job, URN);
  const swaps = <usize>load<u32>(job, SWAPS);
  for (let drawn = <usize>load<u32>(job, DRAWN); drawn > 0; drawn--) {
    swap(urn, drawn - 1, <usize>load<u32>(swaps + ((drawn - 1) << 2)));
  }
  store<u32>(job, 0, DRAWN);
}

/** Draw a feature that has not been drawn for the node yet, to the end of those that have. */
function drawFeature(job: usize, featureCount: u32): void {
  const drawn = load<u32>(job, DRAWN);
  const other = drawn + nextBelow(job, featureCount - drawn);
  store<u32>(<usize>load<u32>(job, SWAPS) + ((<usize>drawn) << 2), other);
  swap(<usize>load<u32>(job, URN), drawn, other);
  store<u32>(job, drawn + 1, DRAWN);
}

function swap(urn: usize, i: usize, j: usize): void {
  const held = load<u32>(urn + (i << 2));
  store<u32>(urn + (i << 2), load<u32>(urn + (j << 2)));
  store<u32>(urn + (j << 2), held);
}
