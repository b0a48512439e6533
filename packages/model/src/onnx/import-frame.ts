import type { ColumnSpec } from '@gnu-mlops/core';
import { type FittedStep, oneHotNames } from '@gnu-mlops/preprocess';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';

/** Imported encoders have a column for each category and no other. */
const noExtra = { hasMissing: false, hasOther: false };

/** One column at one point of a graph. A step that changes it makes a new one in its place. */
export interface ImportColumn {
  readonly name: string;
  readonly kind: 'number' | 'text';
  readonly isBoolean: boolean;
}

/** A fitted step over named columns: what a recipe's entry needs beside its kind. */
export type StepOf<Kind extends FittedStep['kind']> = Extract<FittedStep, { kind: Kind }>;

/**
 * The columns of a graph that is being read, and the recipe that comes of it. A recipe changes a
 * column in its place: a graph that goes on to use the column as it was cannot be one.
 */
export interface ImportFrame {
  /** Add a raw column. */
  addInput(spec: ColumnSpec): ImportColumn;
  /** Add a step that makes one number of each of the columns. */
  addStep(
    operator: string,
    columns: readonly ImportColumn[],
    step: FittedStep,
  ): readonly ImportColumn[];
  /** Add a one-hot step without columns for missing or rare cells. */
  addOneHot(
    operator: string,
    column: ImportColumn,
    step: StepOf<'one_hot'>,
  ): readonly ImportColumn[];
  /** Count work against a bound, so that a small file cannot make a large recipe. */
  spend(count: number): void;
  /**
   * What the columns of a matrix are among the recipe's features.
   *
   * @returns the recipe's parts, and for each column the index of its feature.
   */
  finish(operator: string, columns: readonly ImportColumn[]): ImportedRecipe;
}

/** The parts of a recipe that computes the features of a graph. */
export interface ImportedRecipe {
  readonly inputs: readonly ColumnSpec[];
  readonly steps: readonly FittedStep[];
  readonly featureNames: readonly string[];
  /** For each column asked for, its feature. */
  readonly featureOf: readonly number[];
}

/** Columns, step entries and characters of names, all in all. */
const MAX_WORK = 2_000_000;

export function createImportFrame(): ImportFrame {
  const inputs: ColumnSpec[] = [];
  const steps: FittedStep[] = [];
  /** What each raw column is now. */
  const layout: ImportColumn[][] = [];
  const placeOf = new Map<ImportColumn, number>();
  /** Of every column that ever was, so that a step never means another one. */
  const names = new Set<string>();
  let work = 0;

  function spend(count: number): void {
    work += count;
    if (work > MAX_WORK) throw new OnnxCorruptError('the graph', 'makes too many columns');
  }
  function replace(operator: string, column: ImportColumn, by: readonly ImportColumn[]): void {
    const place = placeOf.get(column);
    const current = place === undefined ? undefined : layout[place]!;
    const at = current?.indexOf(column) ?? -1;
    if (at < 0) {
      throw new OnnxOperatorError(operator, `changes the column "${column.name}" a second time`);
    }
    spend(current!.length);
    layout[place!] = [...current!.slice(0, at), ...by, ...current!.slice(at + 1)];
    placeOf.delete(column);
    for (const made of by) placeOf.set(made, place!);
  }
  return {
    addInput(spec) {
      spend(1 + spec.name.length);
      const kind = spec.type === 'string' ? 'text' : 'number';
      const column = { name: spec.name, kind, isBoolean: spec.type === 'boolean' } as const;
      names.add(spec.name);
      placeOf.set(column, layout.length);
      inputs.push(spec);
      layout.push([column]);
      return column;
    },
    addStep(operator, columns, step) {
      steps.push(step);
      return columns.map((column): ImportColumn => {
        const made = { name: column.name, kind: 'number', isBoolean: false } as const;
        replace(operator, column, [made]);
        return made;
      });
    },
    addOneHot(operator, column, step) {
      const { categories } = step.columns[0]!;
      spend(categories.length * (1 + column.name.length));
      steps.push(step);
      const kind = column.isBoolean ? 'boolean' : 'numeric';
      const named = { name: column.name, kind } as const;
      const made = oneHotNames(named, categories, noExtra).map((name): ImportColumn => ({
        name,
        kind: 'number',
        isBoolean: true,
      }));
      for (const { name } of made) {
        if (names.has(name)) throw new OnnxOperatorError(operator, `makes a second "${name}"`);
        names.add(name);
      }
      replace(operator, column, made);
      return made;
    },
    spend,
    finish(operator, columns) {
      const used = new Set(columns.map((column) => placeOf.get(column)));
      if (used.has(undefined)) {
        const stale = columns.find((column) => !placeOf.has(column))!;
        throw new OnnxOperatorError(
          operator,
          `uses the column "${stale.name}" before a step of it`,
        );
      }
      const isUsed = (place: number) => used.has(place);
      const kept = layout.filter((_, place) => isUsed(place)).flat();
      const indexOf = new Map(kept.map((column, index) => [column, index]));
      const usedNames = new Set(inputs.filter((_, place) => isUsed(place)).map(({ name }) => name));
      const madeNames = new Set(kept.map(({ name }) => name));
      return {
        inputs: inputs.filter((_, place) => isUsed(place)),
        steps: steps.flatMap((step) => restrict(step, new Set([...usedNames, ...madeNames]))),
        featureNames: kept.map(({ name }) => name),
        featureOf: columns.map((column) => indexOf.get(column)!),
      };
    },
  };
}

/** A step for the columns that are used; none where it has no column left. */
function restrict(step: FittedStep, names: ReadonlySet<string>): readonly FittedStep[] {
  const columns = (step.columns as readonly ({ column: string } | string)[]).filter((entry) =>
    names.has(typeof entry === 'string' ? entry : entry.column),
  );
  return columns.length === 0 ? [] : [{ ...step, columns } as FittedStep];
}
