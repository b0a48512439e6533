import { type FittedOneHot, oneHotNames } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import type { GraphColumn } from './graph-column.ts';
import { castTo } from './graph-math.ts';
import { int64Tensor } from './make-tensor.ts';
import { writeCodes } from './write-codes.ts';

/** Encode one column as 0/1 columns: each category, then missing cells, then the rare ones. */
export function writeOneHot(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedOneHot,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const { categories, rare, missing } = entry;
  const hasMissing = missing === 'own_column';
  const hasOther = rare.length > 0 || missing === 'rare';
  const kind = column.kind === 'number' && column.isBoolean ? 'boolean' : 'numeric';
  const names = oneHotNames({ name: column.name, kind }, categories, { hasMissing, hasOther });
  if (names.length === 0) return [];

  const zeros = names.length;
  const other = names.length - 1;
  const codeOf = new Map<string | number, number>(categories.map((category, i) => [category, i]));
  for (const category of rare) codeOf.set(category, other);
  const unknown = { error: 'error', ignore: zeros, other: hasOther ? other : zeros } as const;
  const unknownCode = unknown[step.unknown];
  const missingCode = { own_column: categories.length, rare: other, zeros, unknown: unknownCode };
  const codes = writeCodes(graph, column, {
    codeOf,
    missing: missingCode[missing],
    unknown: unknownCode,
    codeCount: zeros + 1,
  });
  const places = int64Tensor([...names.keys()], [1, names.length]);
  const isAt = graph.operator('Equal', { inputs: [codes, graph.constant(places)] });
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
