import { ColumnDuplicateError } from '@gnu-mlops/core';
import { isAccepted } from './accepted-cells.ts';
import { type Cells, numbersIn } from './cells.ts';
import { RecipeInvalidError } from './errors.ts';
import type { AcceptedCells, CompiledStep, LayoutColumn } from './step-definition.ts';

/** What a step makes of one column: any number of columns in its place. */
export interface ColumnKernel {
  readonly outputs: readonly LayoutColumn[];
  /** @returns as many columns as `outputs`, in that order. */
  run(cells: Cells, rowCount: number): readonly Cells[];
}

/** What {@link mapColumns} needs to know of a step. */
export interface ColumnMapping<Entry extends { readonly column: string }> {
  /** The step's kind, for messages. */
  readonly step: string;
  readonly accepts: AcceptedCells;
  readonly layout: readonly LayoutColumn[];
  /** What the step learnt, by column. */
  readonly entries: readonly Entry[];
  readonly kernelOf: (entry: Entry, column: LayoutColumn) => ColumnKernel;
}

/**
 * Compile a step that looks at one column at a time. Its outputs stand where the column stood;
 * columns without an entry pass through.
 *
 * @throws {RecipeInvalidError} when an entry's column is absent, stands there twice, or is text
 *   where numbers are needed.
 * @throws {ColumnDuplicateError} when two columns would share a name afterwards.
 */
export function mapColumns<Entry extends { readonly column: string }>(
  mapping: ColumnMapping<Entry>,
): CompiledStep {
  const { step, accepts, layout, entries, kernelOf } = mapping;
  const entryOf = new Map(entries.map((entry) => [entry.column, entry]));
  const named = new Set(layout.map(({ name }) => name));
  const absent = entries.find(({ column }) => !named.has(column));
  if (absent !== undefined || entryOf.size < entries.length) {
    const problem = absent ? `no column "${absent.column}" is there.` : 'a column stands twice.';
    throw new RecipeInvalidError(`the step ${step}`, problem);
  }
  const kernels = layout.map((column) => {
    const entry = entryOf.get(column.name);
    if (entry === undefined) return undefined;
    if (!isAccepted(column.kind, accepts)) {
      const problem = `column "${column.name}" is ${column.kind}, and the step works on ${accepts}.`;
      throw new RecipeInvalidError(`the step ${step}`, problem);
    }
    return kernelOf(entry, column);
  });
  const after = layout.flatMap((column, i) => kernels[i]?.outputs ?? [column]);
  checkNames(after);
  const sources = layout.flatMap((_, i) => (kernels[i]?.outputs ?? [i]).map(() => [i]));

  function run(columns: readonly Cells[], rowCount: number): Cells[] {
    const results: Cells[] = [];
    for (let i = 0; i < columns.length; i++) {
      const kernel = kernels[i];
      if (kernel === undefined) results.push(columns[i]!);
      else for (const output of kernel.run(columns[i]!, rowCount)) results.push(output);
    }
    return results;
  }
  return { layout: after, sources, run };
}

/** A kernel that makes one column of numbers out of another, cell by cell. */
export function numberKernel(name: string, mapCell: (value: number) => number): ColumnKernel {
  return {
    outputs: [{ name, kind: 'numeric' }],
    run(cells) {
      const values = numbersIn(cells);
      const results = new Float64Array(values.length);
      for (let row = 0; row < values.length; row++) results[row] = mapCell(values[row]!);
      return [results];
    },
  };
}

/** Refuse a layout in which a name stands twice. @throws {ColumnDuplicateError} */
export function checkNames(layout: readonly LayoutColumn[]): void {
  const names = new Set<string>();
  for (const { name } of layout) {
    if (names.has(name)) throw new ColumnDuplicateError(name);
    names.add(name);
  }
}
