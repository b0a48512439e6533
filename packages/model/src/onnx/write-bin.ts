import { type FittedBin, binNames } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, type NumberColumn, numberColumn, valueOf } from './graph-column.ts';
import { castTo, number, where } from './graph-math.ts';
import { doubleTensor } from './make-tensor.ts';

/** The bin of each number: how many edges are not above it; or a 0/1 column a bin. */
export function writeBin(
  graph: GraphBuilder,
  column: NumberColumn,
  step: FittedBin,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const bins = countEdges(graph, valueOf(graph, column), entry.edges);
  if (step.output === 'ordinal') return [numberColumn(column.name, bins)];
  const names = binNames(column.name, entry.edges.length);
  const places = doubleTensor([...names.keys()], [1, names.length]);
  const isAt = graph.operator('Equal', { inputs: [bins, graph.constant(places)] });
  const block = castTo(graph, isAt, 'double');
  const width = names.length;
  return names.map((name, index) => ({
    kind: 'number',
    name,
    isBoolean: true,
    block,
    index,
    width,
  }));
}

function countEdges(graph: GraphBuilder, value: string, edges: readonly number[]): string {
  const isMissing = graph.operator('IsNaN', { inputs: [value] });
  const choose = (whenFalse: string) =>
    where(graph, isMissing, { whenTrue: number(graph, NaN), whenFalse });
  if (edges.length === 0) return choose(number(graph, 0));
  const row = graph.constant(doubleTensor([...edges], [1, edges.length]));
  const isReached = graph.operator('LessOrEqual', { inputs: [row, value] });
  const ones = graph.constant(
    doubleTensor(
      edges.map(() => 1),
      [edges.length, 1],
    ),
  );
  return choose(graph.operator('MatMul', { inputs: [castTo(graph, isReached, 'double'), ones] }));
}
