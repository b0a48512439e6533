import {
  type FittedFrequencyEncode,
  type FittedTargetEncode,
  targetNames,
} from '@gnu-mlops/preprocess';
import type { GraphBuilder } from './graph-builder.ts';
import { type GraphColumn, numberColumn } from './graph-column.ts';
import { doubleTensor } from './make-tensor.ts';
import { writeCodes } from './write-codes.ts';

/** Replace a category by its share of the training rows. */
export function writeFrequencyEncode(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedFrequencyEncode,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const codes = writePlaces(graph, column, entry.categories);
  const values = [...entry.shares, entry.missing, 0];
  return [numberColumn(column.name, lookUp(graph, codes, values))];
}

/** Replace a category by what the training rows say of the target, or of each of its classes. */
export function writeTargetEncode(
  graph: GraphBuilder,
  column: GraphColumn,
  step: FittedTargetEncode,
): readonly GraphColumn[] {
  const entry = step.columns.find(({ column: name }) => name === column.name);
  if (entry === undefined) return [column];
  const codes = writePlaces(graph, column, entry.categories);
  return targetNames(column.name, step.classes).map((name, i) => {
    const values = [...entry.values[i]!, entry.missing[i]!, entry.unknown[i]!];
    return numberColumn(name, lookUp(graph, codes, values));
  });
}

/** The place of each category, then that of missing cells, then that of unknown categories. */
function writePlaces(
  graph: GraphBuilder,
  column: GraphColumn,
  categories: readonly (string | number)[],
): string {
  return writeCodes(graph, column, {
    codeOf: new Map(categories.map((category, i) => [category, i])),
    missing: categories.length,
    unknown: categories.length + 1,
    codeCount: categories.length + 2,
  });
}

function lookUp(graph: GraphBuilder, codes: string, values: readonly number[]): string {
  return graph.operator('Gather', { inputs: [graph.constant(doubleTensor([...values])), codes] });
}
