import type { ElementType, GraphBuilder } from './graph-builder.ts';
import { doubleTensor, int64Tensor } from './make-tensor.ts';
import { DATA_TYPE } from './onnx-messages.ts';

/** Convert a value's elements. */
export function castTo(graph: GraphBuilder, value: string, type: ElementType): string {
  return graph.operator('Cast', { inputs: [value], attributes: { to: { int: DATA_TYPE[type] } } });
}

/** `condition ? whenTrue : whenFalse`, element by element. */
export function where(
  graph: GraphBuilder,
  condition: string,
  choice: { readonly whenTrue: string; readonly whenFalse: string },
): string {
  return graph.operator('Where', { inputs: [condition, choice.whenTrue, choice.whenFalse] });
}

/** A single float64 that stands beside a tensor of any shape. */
export function number(graph: GraphBuilder, value: number): string {
  return graph.constant(doubleTensor([value], []));
}

/** Put blocks of columns side by side. @param values n x width each; at least one. */
export function concatColumns(graph: GraphBuilder, values: readonly string[]): string {
  if (values.length === 1) return values[0]!;
  return graph.operator('Concat', { inputs: values, attributes: { axis: { int: 1 } } });
}

/** One column of a block, n x 1. */
export function takeColumn(graph: GraphBuilder, block: string, index: number): string {
  const at = graph.constant(int64Tensor([index]));
  return graph.operator('Gather', { inputs: [block, at], attributes: { axis: { int: 1 } } });
}

/** A column n x 1 as a list of length n. */
export function flatten(graph: GraphBuilder, column: string): string {
  return graph.operator('Squeeze', { inputs: [column, graph.constant(int64Tensor([1]))] });
}
