import type { GraphBuilder } from './graph-builder.ts';
import { concatColumns, takeColumn } from './graph-math.ts';

/** A column of the rows at one point between a recipe's steps, as a value of the graph. */
export type GraphColumn = NumberColumn | TextColumn;

/** Float64 with NaN for missing: one column of a block. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** Whether only 0 and 1 stand for truth values, which name their categories. */
  readonly isBoolean: boolean;
  /** n x width. */
  readonly block: string;
  readonly index: number;
  readonly width: number;
}

/** Texts, n x 1. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly value: string;
  /** What stands for a missing cell. */
  readonly missingTexts: readonly string[];
}

/** A column of numbers that is a block of its own. */
export function numberColumn(name: string, block: string): NumberColumn {
  return { kind: 'number', name, isBoolean: false, block, index: 0, width: 1 };
}

/** The same column as n x 1. */
export function valueOf(graph: GraphBuilder, column: NumberColumn): string {
  return column.width === 1 ? column.block : takeColumn(graph, column.block, column.index);
}

/** All columns side by side; blocks that are still whole and in order are not taken apart. */
export function joinColumns(graph: GraphBuilder, columns: readonly NumberColumn[]): string {
  const parts: string[] = [];
  for (let at = 0; at < columns.length;) {
    const { block, width } = columns[at]!;
    const run = columns.slice(at, at + width);
    const isWhole =
      run.length === width &&
      run.every((column, index) => column.block === block && column.index === index);
    parts.push(isWhole ? block : valueOf(graph, columns[at]!));
    at += isWhole ? width : 1;
  }
  return concatColumns(graph, parts);
}
