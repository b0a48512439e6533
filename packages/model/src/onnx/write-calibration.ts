import { assembleForest } from '../assemble-forest.ts';
import type { Calibration, IsotonicMap, SigmoidMap } from '../calibration/calibration.ts';
import { nextDown } from '../foreign/float32.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { castTo, concatColumns, number, takeColumn, where } from './graph-math.ts';
import { createIntervalTree } from './interval-tree.ts';
import { doubleTensor, int64Tensor } from './make-tensor.ts';
import { writeTrees } from './write-trees.ts';

/**
 * Write a calibration into a graph, as `applyCalibration` does it.
 *
 * @param probabilities float64, n x classes.
 * @returns the calibrated probabilities, of the same shape.
 */
export function writeCalibration(
  graph: GraphBuilder,
  probabilities: string,
  calibration: Calibration,
): string {
  const { classCount } = calibration;
  const mapped = (code: number, position: number) => {
    const column = takeColumn(graph, probabilities, code);
    return calibration.method === 'sigmoid'
      ? writeSigmoid(graph, column, calibration.maps[position]!)
      : writeIsotonic(graph, column, calibration.maps[position]!);
  };
  if (classCount === 2) {
    const second = mapped(1, 0);
    const first = graph.operator('Sub', { inputs: [number(graph, 1), second] });
    return concatColumns(graph, [first, second]);
  }
  const all = concatColumns(
    graph,
    Array.from({ length: classCount }, (_, code) => mapped(code, code)),
  );
  return writeShares(graph, all, classCount);
}

function writeSigmoid(graph: GraphBuilder, column: string, { slope, intercept }: SigmoidMap) {
  const product = graph.operator('Mul', { inputs: [column, number(graph, slope)] });
  const logit = graph.operator('Add', { inputs: [product, number(graph, intercept)] });
  return graph.operator('Sigmoid', { inputs: [logit] });
}

/**
 * From each score a line leads to the next, and a level one on from the last. A tree finds the line that
 * a probability is on: no table of probabilities x scores is ever made.
 */
function writeIsotonic(
  graph: GraphBuilder,
  column: string,
  { scores, probabilities }: IsotonicMap,
): string {
  // The tree compares by <=, and a score itself is where the next line begins.
  const trees = assembleForest([createIntervalTree(scores.slice(1).map(nextDown))], {
    outputCount: 1,
    aggregation: 'sum',
  });
  const within = graph.operator('Max', { inputs: [column, number(graph, scores[0]!)] });
  const found = castTo(graph, writeTrees(graph, within, { trees, outputs: [0] }), 'int64');
  const ofLine = (valueOf: (from: number, to: number) => number) => {
    const values = scores.map((_, at) => valueOf(at, Math.min(at + 1, scores.length - 1)));
    return graph.operator('Gather', { inputs: [graph.constant(doubleTensor(values)), found] });
  };
  const start = ofLine((from) => scores[from]!);
  const width = ofLine((from, to) => (from === to ? 1 : scores[to]! - scores[from]!));
  const base = ofLine((from) => probabilities[from]!);
  const rise = ofLine((from, to) => probabilities[to]! - probabilities[from]!);
  const way = graph.operator('Sub', { inputs: [within, start] });
  const share = graph.operator('Div', { inputs: [way, width] });
  const gain = graph.operator('Mul', { inputs: [rise, share] });
  return graph.operator('Add', { inputs: [base, gain] });
}

/** Each row divided by its sum; where that is 0, the same for all. */
function writeShares(graph: GraphBuilder, values: string, classCount: number): string {
  const axes = graph.constant(int64Tensor([1]));
  const sum = graph.operator('ReduceSum', { inputs: [values, axes] });
  const isNothing = graph.operator('Equal', { inputs: [sum, number(graph, 0)] });
  const one = number(graph, 1);
  const divisor = where(graph, isNothing, { whenTrue: one, whenFalse: sum });
  const shares = graph.operator('Div', { inputs: [values, divisor] });
  const equal = number(graph, 1 / classCount);
  return where(graph, isNothing, { whenTrue: equal, whenFalse: shares });
}
