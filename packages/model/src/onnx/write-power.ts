import type { GraphBuilder } from './graph-builder.ts';
import { number, where } from './graph-math.ts';

/** The Yeo-Johnson transform of a column of numbers, n x 1; the last digits may differ from ours. */
export function writePower(graph: GraphBuilder, value: string, lambda: number): string {
  const magnitude = graph.operator('Abs', { inputs: [value] });
  const log = writeLog1pOfPositive(graph, magnitude);
  const isNegative = graph.operator('Less', { inputs: [value, number(graph, 0)] });
  const below = graph.operator('Neg', { inputs: [powerOfLog(graph, log, 2 - lambda)] });
  return where(graph, isNegative, { whenTrue: below, whenFalse: powerOfLog(graph, log, lambda) });
}

/** (exp(log * power) - 1) / power, or its limit. */
function powerOfLog(graph: GraphBuilder, log: string, power: number): string {
  if (power === 0) return log;
  const x = graph.operator('Mul', { inputs: [log, number(graph, power)] });
  return graph.operator('Div', { inputs: [writeExpm1(graph, x), number(graph, power)] });
}

/**
 * exp(x) - 1 as (u - 1) * x / log(u) with u = exp(x) as it was rounded, which keeps the digits of a
 * small x.
 *
 * @see Higham, "Accuracy and Stability of Numerical Algorithms", section 1.14.1.
 */
function writeExpm1(graph: GraphBuilder, x: string): string {
  const one = number(graph, 1);
  const u = graph.operator('Exp', { inputs: [x] });
  const difference = graph.operator('Sub', { inputs: [u, one] });
  const ratio = graph.operator('Div', {
    inputs: [x, graph.operator('Log', { inputs: [u] })],
  });
  const precise = graph.operator('Mul', { inputs: [difference, ratio] });
  const isSmall = graph.operator('Less', {
    inputs: [graph.operator('Abs', { inputs: [x] }), one],
  });
  const near = where(graph, isSmall, { whenTrue: precise, whenFalse: difference });
  const isTiny = graph.operator('Equal', { inputs: [u, one] });
  return where(graph, isTiny, { whenTrue: x, whenFalse: near });
}

/** As for a sum of 1 and a number from 0 on. @see Kahan's formula in `writeLog1p`. */
function writeLog1pOfPositive(graph: GraphBuilder, value: string): string {
  const one = number(graph, 1);
  const u = graph.operator('Add', { inputs: [value, one] });
  const rounded = graph.operator('Sub', { inputs: [u, one] });
  const isTiny = graph.operator('Equal', { inputs: [rounded, number(graph, 0)] });
  const divisor = where(graph, isTiny, { whenTrue: one, whenFalse: rounded });
  const ratio = graph.operator('Div', { inputs: [value, divisor] });
  const product = graph.operator('Mul', {
    inputs: [graph.operator('Log', { inputs: [u] }), ratio],
  });
  return where(graph, isTiny, { whenTrue: value, whenFalse: product });
}
