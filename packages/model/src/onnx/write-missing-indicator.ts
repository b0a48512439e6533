import type { FittedMissingIndicator } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, numberColumn, valueOf } from './graph-column.ts';
import { castTo } from './graph-math.ts';
import { ML_DOMAIN } from './onnx-messages.ts';

/** A 0/1 column beside one column, which stays as it is. */
export function writeMissingIndicator(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedMissingIndicator,
): readonly GraphColumn[] {
  if (!step.columns.includes(column.name)) return [column];
  const marks = castTo(graph, writeIsMissing(graph, column), 'double');
  return [column, { ...numberColumn(`${column.name}=(missing)`, marks), isBoolean: true }];
}

/** Whether the cells of a column are missing: bool, n x 1. */
export function writeIsMissing(graph: GraphBuilder, column: GraphColumn): string {
  if (column.kind === 'number') {
    return graph.operator('IsNaN', { inputs: [valueOf(graph, column)] });
  }
  const marks = graph.operator('LabelEncoder', {
    inputs: [column.value],
    domain: ML_DOMAIN,
    attributes: {
      keys_strings: { texts: column.missingTexts },
      values_int64s: { ints: column.missingTexts.map(() => 1) },
      default_int64: { int: 0 },
    },
  });
  return castTo(graph, marks, 'bool');
}
