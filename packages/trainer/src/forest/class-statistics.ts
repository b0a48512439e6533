import { MISSING_BIN } from './binned-matrix.ts';
import type { ForestClasses, ForestData, TreeOptions } from './forest-data.ts';
import type {
  FeatureHistogram,
  NodeRows,
  NodeStatistics,
  RowWorkspace,
} from './node-statistics.ts';
import type { SplitChoice } from './split-choice.ts';

/**
 * Class weights by bin, and cuts by Gini impurity or entropy.
 *
 * A score is minus the impurity times the weight, summed over both sides, up to a constant of the
 * node: for Gini the sum of squared class weights over the side's weight.
 */
export function createClassStatistics(
  data: ForestData & { readonly target: ForestClasses },
  options: TreeOptions,
  workspace: RowWorkspace,
): NodeStatistics {
  const { bins, rowCount } = data.matrix;
  const { labels, classCount } = data.target;
  const { rows, weights } = workspace;
  const stride = classCount + 1;
  const sideScore = options.criterion === 'entropy' ? entropyScore : giniScore;
  const totals = new Float64Array(classCount);
  const left = new Float64Array(classCount);
  const right = new Float64Array(classCount);
  let start = 0;
  let end = 0;
  let weight = 0;

  function open(node: NodeRows) {
    start = node.start;
    end = node.end;
    totals.fill(0);
    for (let i = start; i < end; i++) totals[labels[rows[i]!]!]! += weights[rows[i]!]!;
    weight = 0;
    let present = 0;
    for (const total of totals) {
      weight += total;
      if (total > 0) present++;
    }
    return { weight, isPure: present < 2, score: sideScore(totals, weight) };
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
      const label = labels[row]!;
      const b0 = bins[c0 + row]! * stride;
      const b1 = bins[c1 + row]! * stride;
      const b2 = bins[c2 + row]! * stride;
      const b3 = bins[c3 + row]! * stride;
      h0[b0 + label]! += rowWeight;
      h0[b0 + classCount]! += 1;
      h1[b1 + label]! += rowWeight;
      h1[b1 + classCount]! += 1;
      h2[b2 + label]! += rowWeight;
      h2[b2 + classCount]! += 1;
      h3[b3 + label]! += rowWeight;
      h3[b3 + classCount]! += 1;
    }
  }

  function addOne(feature: number, histogram: Float64Array): void {
    const column = feature * rowCount;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const slot = bins[column + row]! * stride;
      histogram[slot + labels[row]!]! += weights[row]!;
      histogram[slot + classCount]! += 1;
    }
  }

  function addNoting(feature: number, histogram: Float64Array, used: Uint8Array): number {
    const column = feature * rowCount;
    let noted = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      const bin = bins[column + row]!;
      const slot = bin * stride;
      if (histogram[slot + classCount] === 0) used[noted++] = bin;
      histogram[slot + labels[row]!]! += weights[row]!;
      histogram[slot + classCount]! += 1;
    }
    return noted;
  }

  function chooseCut(histogram: FeatureHistogram, choice: SplitChoice): void {
    const missingRows = histogram.sums[MISSING_BIN * stride + classCount]!;
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
    let leftRows = 0;
    left.fill(0);
    if (missingLeft === 1) {
      leftRows = missingRows;
      for (let k = 0; k < classCount; k++) left[k] = sums[MISSING_BIN * stride + k]!;
    }
    for (let cut = 0; cut < cuts; cut++) {
      const slot = used[cut]! * stride;
      let leftWeight = 0;
      for (let k = 0; k < classCount; k++) {
        const share = left[k]! + sums[slot + k]!;
        left[k] = share;
        right[k] = totals[k]! - share;
        leftWeight += share;
      }
      leftRows += sums[slot + classCount]!;
      if (leftRows < options.minSamplesLeaf) continue;
      if (rowsInNode - leftRows < options.minSamplesLeaf) break;
      const rightWeight = weight - leftWeight;
      if (rightWeight <= 0) break;
      const score = sideScore(left, leftWeight) + sideScore(right, rightWeight);
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
    for (const total of totals) leafValues.push(total / weight);
  }

  return {
    stride,
    outputCount: classCount,
    open,
    addFour,
    addOne,
    addNoting,
    chooseCut,
    appendOutputs,
  };
}

function giniScore(classWeights: Float64Array, sideWeight: number): number {
  let squares = 0;
  for (let k = 0; k < classWeights.length; k++) squares += classWeights[k]! * classWeights[k]!;
  return squares / sideWeight;
}

function entropyScore(classWeights: Float64Array, sideWeight: number): number {
  let sum = 0;
  for (let k = 0; k < classWeights.length; k++) {
    const classWeight = classWeights[k]!;
    if (classWeight > 0) sum += classWeight * Math.log(classWeight / sideWeight);
  }
  return sum;
}
