import { createRandom } from '@gnu-mlops/core';
import type { GrownTree } from '@gnu-mlops/model';
import { FEATURES, INDEX, NUMBERS, PACKED, SCORES } from '../kernels/job-layout.ts';
import type { BinnedFeature } from './binned-feature.ts';
import type { BoostingTask } from './boost.ts';
import { JOB } from './boosting-memory.ts';
import type { Desk } from './desk.ts';
import { drawShare } from './draw-share.ts';
import type { WrittenGradients } from './gradient-writer.ts';
import { type GrownShape, growTree } from './grow-tree.ts';
import { type SearchSpace, openSearchSpace } from './search-space.ts';
import { leafOfRow } from './leaf-of-row.ts';
import { addLeafOutputs, leafOutputs } from './leaf-outputs.ts';

/** A round's trees, one an output, and what their splits gained. */
export interface Round {
  readonly trees: readonly GrownTree[];
  readonly shapes: readonly GrownShape[];
}

/** What a round works with. */
export interface RoundTask {
  readonly round: number;
  readonly binned: readonly BinnedFeature[];
  readonly written: WrittenGradients;
  /** The rows to learn from, ascending; undefined = all. */
  readonly bag: Int32Array | undefined;
}

/** Grow a round's trees and add them to the scores. */
export function boostRound(desk: Desk, task: BoostingTask, roundTask: RoundTask): Round {
  const { round, binned } = roundTask;
  const { featureShare } = task.settings;
  const random = createRandom(task.seed, 2, round);
  const drawn = drawShare(binned.length, featureShare, random);
  const space = openSearchSpace(
    Array.from(drawn, (feature) => binned[feature]!),
    binned.length,
  );
  desk.bench.memory.words.set(space.columns, desk.addressOf(FEATURES) / 4);
  desk.write(JOB, NUMBERS, space.numbers.length);
  const shapes: GrownShape[] = [];
  const trees: GrownTree[] = [];
  for (let output = 0; output < desk.bench.objective.outputCount; output++) {
    const shape = growOutput(desk, task, { ...roundTask, space, output });
    shapes.push(shape);
    trees.push(finishOutput(desk, task, { ...roundTask, shape, output }));
  }
  return { trees, shapes };
}

function growOutput(
  desk: Desk,
  { settings, matrix }: BoostingTask,
  part: RoundTask & { readonly space: SearchSpace; readonly output: number },
): GrownShape {
  const { written, bag, binned, space, output } = part;
  const { words, unsigned } = desk.bench.memory;
  const { rowCount } = matrix;
  const packed = desk.addressOf(PACKED) + 8 * output * rowCount;
  desk.write(JOB, PACKED, packed);
  let gradient = written.gradients[output]!;
  let hessian = written.hessians[output]!;
  if (bag !== undefined) {
    words.set(bag, desk.addressOf(INDEX) / 4);
    gradient = bag.reduce((sum, row) => sum + words[packed / 4 + 2 * row + 1]!, 0);
    hessian = bag.reduce((sum, row) => sum + unsigned[packed / 4 + 2 * row]!, 0);
  }
  return growTree(desk, settings, {
    ...space,
    fixedPoint: written.fixedPoint,
    binned,
    rowCount: bag?.length ?? rowCount,
    gradient,
    hessian,
  });
}

function finishOutput(
  desk: Desk,
  task: BoostingTask,
  part: RoundTask & { readonly shape: GrownShape; readonly output: number },
): GrownTree {
  const { shape, output, bag } = part;
  const { outputCount } = desk.bench.objective;
  const { memory } = desk.bench;
  const values = leafOutputs(desk, task, shape, output);
  const tree = shape.finish({ values, covers: coversOf(desk, task, shape), output, outputCount });
  if (shape.leaves.length === 1 && bag === undefined) {
    const scores = desk.addressOf(SCORES) / 8 + output * desk.layout.rowCount;
    for (let row = 0; row < desk.layout.rowCount; row++)
      memory.doubles[scores + row]! += values[0]!;
  } else {
    addLeafOutputs(desk, shape, { values, output });
    if (bag !== undefined) addToOthers(desk, task, { tree, output, bag });
  }
  return tree;
}

/** The weights of the rows in each leaf. */
function coversOf(desk: Desk, { weights }: BoostingTask, shape: GrownShape): Float64Array {
  const { words } = desk.bench.memory;
  const index = desk.addressOf(INDEX) / 4;
  return Float64Array.from(shape.leaves, ({ start, count }) => {
    if (!desk.layout.isWeighted || shape.leaves.length === 1) return count;
    let cover = 0;
    for (let i = start; i < start + count; i++) cover += weights[words[index + i]!]!;
    return cover;
  });
}

/** Add a tree to the scores of the rows that it was not grown from. */
function addToOthers(
  desk: Desk,
  { matrix }: BoostingTask,
  part: { readonly tree: GrownTree; readonly output: number; readonly bag: Int32Array },
): void {
  const { doubles } = desk.bench.memory;
  const { outputCount } = desk.bench.objective;
  const { tree, output, bag } = part;
  const scores = desk.addressOf(SCORES) / 8 + output * matrix.rowCount;
  let next = 0;
  for (let row = 0; row < matrix.rowCount; row++) {
    if (bag[next] === row) {
      next++;
      continue;
    }
    const leaf = tree.leafIndex[leafOfRow(tree, matrix.columns, row)]!;
    doubles[scores + row]! += tree.leafValues[leaf * outputCount + output]!;
  }
}
