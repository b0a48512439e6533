import { MISSING_BIN } from './binned-matrix.ts';
import type { ForestData, ForestNumbers, TreeOptions } from './forest-data.ts';
import type {
  FeatureHistogram,
  NodeRows,
  NodeStatistics,
  RowWorkspace,
} from './node-statistics.ts';
import type { SplitChoice } from './split-choice.ts';

const STRIDE = 3;
const ROWS = 2;

/**
 * Weights and weighted sums of the target by bin, and cuts by squared error.
 *
 * A score is the squared sum over the weight, added up over both sides: the part of the squared
 * error that a cut can change. Sums run over the target's distance from its midrange, so that a far
 * off origin (years, prices) costs no digits.
 */
export function createNumberStatistics(
  data: ForestData & { readonly target: ForestNumbers },
  options: TreeOptions,
  workspace: RowWorkspace,
): NodeStatistics {
  const { bins, rowCount } = data.matrix;
  const { values } = data.target;
  const { rows, weights } = workspace;
  const distances = distancesFromMidrange(values);
  let start = 0;
  let end = 0;
  let weight = 0;
  let sum = 0;

  function open(node: NodeRows) {
    start = node.start;
    end = node.end;
    weight = 0;
    sum = 0;
    let isPure = true;
    const first = values[rows[start]!]!;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      weight += weights[row]!;
      sum += weights[row]! * distances[row]!;
      if (values[row] !== first) isPure = false;
    }
    return { weight, isPure, score: (sum * sum) / weight };
  }

  function addFour(features: Int32Array, at: number, histograms: readonly Float64Array[]): void {
    const [h0, h1, h2, h3] = histograms as [Float64Array, Float64Array, Float64Array, Float64Array];
    const c0 = features[at]! * rowCount;
    const c1 = features[at + 1]! * rowCount;
    const c2 = features[at + 2]! * rowCount;
    const c3 = features[at + 3]! * rowCount;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const rowWeight = weights[row]!;
      const weighted = rowWeight * distances[row]!;
      const b0 = bins[c0 + row]! * STRIDE;
      const b1 = bins[c1 + row]! * STRIDE;
      const b2 = bins[c2 + row]! * STRIDE;
      const b3 = bins[c3 + row]! * STRIDE;
      h0[b0]! += rowWeight;
      h0[b0 + 1]! += weighted;
      h0[b0 + ROWS]! += 1;
      h1[b1]! += rowWeight;
      h1[b1 + 1]! += weighted;
      h1[b1 + ROWS]! += 1;
      h2[b2]! += rowWeight;
      h2[b2 + 1]! += weighted;
      h2[b2 + ROWS]! += 1;
      h3[b3]! += rowWeight;
      h3[b3 + 1]! += weighted;
      h3[b3 + ROWS]! += 1;
    }
  }

  function addOne(feature: number, histogram: Float64Array): void {
    const column = feature * rowCount;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const slot = bins[column + row]! * STRIDE;
      histogram[slot]! += weights[row]!;
      histogram[slot + 1]! += weights[row]! * distances[row]!;
      histogram[slot + ROWS]! += 1;
    }
  }

  function addNoting(feature: number, histogram: Float64Array, used: Uint8Array): number {
    const column = feature * rowCount;
    let noted = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const bin = bins[column + row]!;
      const slot = bin * STRIDE;
      if (histogram[slot + ROWS] === 0) used[noted++] = bin;
      histogram[slot]! += weights[row]!;
      histogram[slot + 1]! += weights[row]! * distances[row]!;
      histogram[slot + ROWS]! += 1;
    }
    return noted;
  }

  function chooseCut(histogram: FeatureHistogram, choice: SplitChoice): void {
    const missingRows = histogram.sums[MISSING_BIN * STRIDE + ROWS]!;
    cutInOrder(histogram, choice, { missingRows, missingLeft: 0 });
    if (missingRows > 0) cutInOrder(histogram, choice, { missingRows, missingLeft: 1 });
  }

  function cutInOrder(
    { feature, sums, used, usedCount }: FeatureHistogram,
    choice: SplitChoice,
    { missingRows, missingLeft }: { missingRows: number; missingLeft: number },
  ): void {
    const rowsInNode = end - start;
    const cuts = missingRows > 0 && missingLeft === 0 ? usedCount : usedCount - 1;
    let leftRows = missingLeft === 1 ? missingRows : 0;
    let leftWeight = missingLeft === 1 ? sums[MISSING_BIN * STRIDE]! : 0;
    let leftSum = missingLeft === 1 ? sums[MISSING_BIN * STRIDE + 1]! : 0;
    for (let cut = 0; cut < cuts; cut++) {
      const slot = used[cut]! * STRIDE;
      leftWeight += sums[slot]!;
      leftSum += sums[slot + 1]!;
      leftRows += sums[slot + ROWS]!;
      if (leftRows < options.minSamplesLeaf) continue;
      if (rowsInNode - leftRows < options.minSamplesLeaf) break;
      const rightSum = sum - leftSum;
      const rightWeight = weight - leftWeight;
      if (rightWeight <= 0) break;
      const score = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight;
      if (score > choice.score) {
        choice.score = score;
        choice.feature = feature;
        choice.lastLeftBin = used[cut]!;
        choice.firstRightBin = cut + 1 < usedCount ? used[cut + 1]! : MISSING_BIN;
        choice.missingLeft = missingRows > 0 ? missingLeft : Number(leftWeight > rightWeight);
      }
    }
  }

  function appendOutputs(leafValues: number[]): void {
    const first = values[rows[start]!]!;
    let offset = 0;
    for (let i = start; i < end; i++) offset += weights[rows[i]!]! * (values[rows[i]!]! - first);
    leafValues.push(first + offset / weight);
  }

  return {
    stride: STRIDE,
    outputCount: 1,
    open,
    addFour,
    addOne,
    addNoting,
    chooseCut,
    appendOutputs,
  };
}

function distancesFromMidrange(values: Float64Array): Float64Array {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const midrange = lowest / 2 + highest / 2;
  return values.map((value) => value - midrange);
}
