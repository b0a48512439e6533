import type { FittedOrdinalEncode } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, numberColumn } from './graph-column.ts';
import { castTo, number, where } from './graph-math.ts';
import { int64Tensor } from './make-tensor.ts';
import { writeCodes } from './write-codes.ts';

/** Encode one column as the place of its category. */
export function writeOrdinalEncode(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedOrdinalEncode,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const missing = entry.categories.length;
  const unknown = missing + 1;
  const codes = writeCodes(graph, column, {
    codeOf: new Map(entry.categories.map((category, i) => [category, i])),
    missing,
    unknown: step.unknown === 'error' ? 'error' : unknown,
    codeCount: unknown + 1,
  });
  const replace = (values: string, code: number, by: number) => {
    const isCode = graph.operator('Equal', {
      inputs: [codes, graph.constant(int64Tensor([code], []))],
    });
    return where(graph, isCode, { whenTrue: number(graph, by), whenFalse: values });
  };
  const places = castTo(graph, codes, 'double');
  const known = replace(places, missing, typeof step.missing === 'number' ? step.missing : NaN);
  const unknownValue = typeof step.unknown === 'number' ? step.unknown : NaN;
  return [numberColumn(column.name, replace(known, unknown, unknownValue))];
}
