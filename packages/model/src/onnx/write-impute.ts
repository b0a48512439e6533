import type { FittedImpute } from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { writeIsMissing } from './write-missing-indicator.ts';
import { type GraphColumn, type TextColumn, numberColumn, valueOf } from './graph-column.ts';
import { castTo, number, where } from './graph-math.ts';
import { textTensor } from './make-tensor.ts';

/** Fill the missing cells of one column, and say beside it which they were where that is wanted. */
export function writeImpute(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedImpute,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const { fill } = entry;
  const { isMissing, filled } =
    column.kind === 'text'
      ? fillTexts(graph, column, String(fill))
      : fillNumbers(graph, column, Number(fill));
  if (!entry.indicator) return [filled];
  const mark = numberColumn(`${column.name}=(missing)`, castTo(graph, isMissing, 'double'));
  return [filled, { ...mark, isBoolean: true }];
}

interface Filled {
  readonly isMissing: string;
  readonly filled: GraphColumn;
}

function fillNumbers(
  graph: GraphBuilder,
  column: GraphColumn & { kind: 'number' },
  fill: number,
): Filled {
  const value = valueOf(graph, column);
  const isMissing = writeIsMissing(graph, column);
  const choice = { whenTrue: number(graph, fill), whenFalse: value };
  const filled = numberColumn(column.name, where(graph, isMissing, choice));
  const isBoolean = column.isBoolean && (fill === 0 || fill === 1);
  return { isMissing, filled: { ...filled, isBoolean } };
}

function fillTexts(graph: GraphBuilder, column: TextColumn, fill: string): Filled {
  const isMissing = writeIsMissing(graph, column);
  const whenTrue = graph.constant(textTensor([fill], []));
  const value = where(graph, isMissing, { whenTrue, whenFalse: column.value });
  return { isMissing, filled: { ...column, value } };
}
