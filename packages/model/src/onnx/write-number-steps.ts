import type {
  FittedClip,
  FittedLog,
  FittedLog1p,
  FittedMinMaxScale,
  FittedRobustScale,
  FittedStandardScale,
  FittedYeoJohnson,
} from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { number, where } from './graph-math.ts';
import { writePower } from './write-power.ts';

/** A step that makes one number of one number. */
export type NumberStep =
  | FittedClip
  | FittedLog
  | FittedLog1p
  | FittedMinMaxScale
  | FittedRobustScale
  | FittedStandardScale
  | FittedYeoJohnson;

/**
 * Apply a step to one column of numbers, with the same operations in the same order, so that the
 * results are the same bits; a logarithm may differ in its last ones. Missing stays missing.
 *
 * @param value n x 1.
 * @returns undefined where the step leaves the column alone.
 */
export function writeNumberStep(
  graph: GraphBuilder,
  step: NumberStep,
  { name, value }: { readonly name: string; readonly value: string },
): string | undefined {
  const binary = (opType: string, left: string, right: number) =>
    graph.operator(opType, { inputs: [left, number(graph, right)] });
  const clip = (
    from: string,
    [lower, upper]: readonly [number | undefined, number | undefined],
  ) => {
    const bounds = [lower, upper].map((at) => (at === undefined ? '' : number(graph, at)));
    return graph.operator('Clip', { inputs: [from, ...bounds] });
  };
  switch (step.kind) {
    case 'standard_scale': {
      const entry = step.columns.find(({ column }) => column === name);
      return entry && binary('Div', binary('Sub', value, entry.mean), entry.scale);
    }
    case 'robust_scale': {
      const entry = step.columns.find(({ column }) => column === name);
      return entry && binary('Div', binary('Sub', value, entry.center), entry.scale);
    }
    case 'yeo_johnson': {
      const entry = step.columns.find(({ column }) => column === name);
      if (entry === undefined) return undefined;
      const bent = writePower(graph, value, entry.lambda);
      return binary('Div', binary('Sub', bent, entry.mean), entry.scale);
    }
    case 'log': {
      if (!step.columns.includes(name)) return undefined;
      const isTooSmall = binary('LessOrEqual', value, 0);
      const log = graph.operator('Log', { inputs: [value] });
      return where(graph, isTooSmall, { whenTrue: number(graph, NaN), whenFalse: log });
    }
    case 'min_max_scale': {
      const entry = step.columns.find(({ column }) => column === name);
      if (entry === undefined) return undefined;
      const scaled = binary('Add', binary('Mul', value, entry.scale), entry.offset);
      return step.outside === 'clip' ? clip(scaled, step.range) : scaled;
    }
    case 'clip': {
      const entry = step.columns.find(({ column }) => column === name);
      return entry && clip(value, [entry.minimum, entry.maximum]);
    }
    case 'log1p':
      return step.columns.includes(name) ? writeLog1p(graph, value) : undefined;
  }
}

/**
 * log(u) * x / (u - 1) with u = 1 + x as it was rounded, which keeps the digits of a small x.
 *
 * @see Hewlett-Packard, "HP-15C Advanced Functions Handbook", appendix; Kahan's formula.
 */
export function writeLog1p(graph: GraphBuilder, value: string): string {
  const one = number(graph, 1);
  const u = graph.operator('Add', { inputs: [value, one] });
  const rounded = graph.operator('Sub', { inputs: [u, one] });
  const isTiny = graph.operator('Equal', { inputs: [rounded, number(graph, 0)] });
  const divisor = where(graph, isTiny, { whenTrue: one, whenFalse: rounded });
  const ratio = graph.operator('Div', { inputs: [value, divisor] });
  const log = graph.operator('Log', { inputs: [u] });
  const product = graph.operator('Mul', { inputs: [log, ratio] });
  const result = where(graph, isTiny, { whenTrue: value, whenFalse: product });
  const isInfinite = graph.operator('Equal', { inputs: [value, number(graph, Infinity)] });
  const whole = where(graph, isInfinite, { whenTrue: value, whenFalse: result });
  const isTooSmall = graph.operator('LessOrEqual', { inputs: [value, number(graph, -1)] });
  return where(graph, isTooSmall, { whenTrue: number(graph, NaN), whenFalse: whole });
}
