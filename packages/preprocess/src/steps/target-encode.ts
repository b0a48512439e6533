import { collectTargetSums } from '../learning/collect-target-sums.ts';
import { learnNothing } from '../learning/learn-columns.ts';
import type { Learner, LearningContext } from '../learning/learner.ts';
import { createCategoryCoder } from '../category-coder.ts';
import type { Cells } from '../cells.ts';
import { checkCategories } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import type { Category } from '../count-categories.ts';
import { fitTargetEncoding } from '../fit-target-encoding.ts';
import {
  type JsonNode,
  checkFields,
  field,
  itemsOf,
  optionalField,
  problemAt,
  readNames,
  readNumber,
  readWholeNumber,
} from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { checkCategoryType, readCategories } from '../read-categories.ts';
import { readEntries } from '../read-entries.ts';
import { splitFolds } from '../split-folds.ts';
import type { LayoutColumn, SpecDefinition, StepDefinition, StepFit } from '../step-definition.ts';
import { targetsOf } from '../targets-of.ts';

/**
 * Replace a category by the mean of the target over its training rows, drawn towards the mean of all
 * rows the fewer they are. Of two classes it is the share of the second; of more, a column
 * `column:class` per class. Missing cells are a category of their own; a category that the training
 * rows did not have gets the mean of all.
 *
 * Training rows get what the other folds say, so that no row's own target is among its features: take
 * them from `fitTransform`.
 *
 * @see scikit-learn TargetEncoder.
 */
export interface TargetEncodeSpec {
  readonly kind: 'target_encode';
  readonly columns: ColumnSelector;
  /**
   * How many rows the mean of all counts as; `auto` (default) weighs a category's variance against
   * that of all rows (empirical Bayes).
   */
  readonly smoothing?: 'auto' | number;
  /** At least 2; default 5. */
  readonly folds?: number;
  /** Of the folds; default 0. */
  readonly seed?: number;
}

/** What each category of each column becomes. */
export interface FittedTargetEncode {
  readonly kind: 'target_encode';
  /** Classes of the target, where each has a column of its own; else empty. */
  readonly classes: readonly string[];
  readonly columns: readonly TargetColumn[];
}

interface TargetColumn {
  readonly column: string;
  readonly categories: readonly Category[];
  /** One list an output, one value a category. */
  readonly values: readonly (readonly number[])[];
  /** For a missing cell, one an output. */
  readonly missing: readonly number[];
  /** For an unknown category, one an output. */
  readonly unknown: readonly number[];
}

/** How a target_encode step is read and fitted. */
export const targetEncodeSpec: SpecDefinition<TargetEncodeSpec, FittedTargetEncode> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'smoothing', 'folds', 'seed']);
    const smoothing = optionalField(node, 'smoothing');
    const folds = optionalField(node, 'folds');
    const seed = optionalField(node, 'seed');
    return {
      kind: 'target_encode',
      columns: parseSelector(field(node, 'columns')),
      ...(smoothing && { smoothing: readSmoothing(smoothing) }),
      ...(folds && { folds: readWholeNumber(folds, 2) }),
      ...(seed && { seed: readNumber(seed) }),
    };
  },
  needs: () => 'target',
  makes: () => ['numeric'],
  learn(spec, columns, rows) {
    if (columns.length === 0) return learnNothing({ steps: [] });
    return rows.rows === 'all' ? learnWhole(spec) : learnChunks(spec, columns, rows);
  },
};

/** How a fitted target_encode step is read and applied. */
export const targetEncodeStep: StepDefinition<FittedTargetEncode> = {
  parse(node) {
    checkFields(node, ['kind', 'classes', 'columns']);
    const classes = readNames(field(node, 'classes'));
    const width = Math.max(1, classes.length);
    const fields = ['categories', 'values', 'missing', 'unknown'];
    const columns = readEntries(node, fields, (item) => {
      const categories = readCategories(field(item, 'categories'));
      const lists = itemsOf(field(item, 'values'));
      if (lists.length !== width) throw problemAt(item, `it needs ${width} lists of values.`);
      return {
        categories,
        values: lists.map((list) => readNumbers(list, categories.length)),
        missing: readNumbers(field(item, 'missing'), width),
        unknown: readNumbers(field(item, 'unknown'), width),
      };
    });
    return { kind: 'target_encode', classes, columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns,
      kernelOf({ column: name, categories, values, missing, unknown }, column) {
        checkCategoryType(step.kind, column, categories);
        const code = createCategoryCoder({
          column: name,
          codeOf: new Map(categories.map((category, i) => [category, i])),
          missing: categories.length,
          unknown: categories.length + 1,
        });
        const tables = values.map((list, i) =>
          Float64Array.from([...list, missing[i]!, unknown[i]!]),
        );
        return {
          outputs: targetNames(name, step.classes).map((output) => ({
            name: output,
            kind: 'numeric',
          })),
          run(cells) {
            const codes = code(cells);
            return tables.map((table) => Float64Array.from(codes, (at) => table[at]!));
          },
        };
      },
    }),
};

/** All rows in one table, so that training rows can have what the other folds say. */
function learnWhole(spec: TargetEncodeSpec): Learner<FittedTargetEncode> {
  let fit: StepFit<FittedTargetEncode> = { steps: [] };
  return {
    add(columns, frame) {
      const { targets, classes, labels } = targetsOf(frame.target(spec.kind));
      const folds = splitFolds({
        rowCount: frame.rowCount,
        folds: spec.folds ?? 5,
        seed: spec.seed ?? 0,
        ...(labels && { labels }),
      });
      const smoothing = spec.smoothing ?? 'auto';
      const trainingCells = new Map<string, Cells>();
      const fitted = columns.map(({ name, cells }): TargetColumn => {
        checkCategories({ name }, cells);
        const encodings = targets.map((target) =>
          fitTargetEncoding({ cells, target, smoothing, folds }),
        );
        targetNames(name, classes).forEach((output, i) =>
          trainingCells.set(output, encodings[i]!.trainingCells),
        );
        return {
          column: name,
          categories: encodings[0]!.categories,
          values: encodings.map(({ values }) => values),
          missing: encodings.map(({ missing }) => missing),
          unknown: encodings.map(({ unknown }) => unknown),
        };
      });
      fit = { steps: [{ kind: 'target_encode', classes, columns: fitted }], trainingCells };
    },
    finish: () => fit,
  };
}

function learnChunks(
  spec: TargetEncodeSpec,
  columns: readonly LayoutColumn[],
  { mostCategories }: LearningContext,
): Learner<FittedTargetEncode> {
  const sums = columns.map(({ name }) => collectTargetSums(name, mostCategories));
  let classes: readonly string[] = [];
  return {
    add(parts, frame) {
      const numbers = targetsOf(frame.target(spec.kind));
      classes = numbers.classes;
      parts.forEach((part, i) => {
        checkCategories(part, part.cells);
        sums[i]!.add(part.cells, numbers.targets);
      });
    },
    finish() {
      const fitted = columns.map(({ name }, i) => ({
        column: name,
        ...sums[i]!.finish(spec.smoothing ?? 'auto'),
      }));
      return { steps: [{ kind: 'target_encode', classes, columns: fitted }] };
    },
  };
}

/** The names of the columns that one becomes. */
export function targetNames(column: string, classes: readonly string[]): string[] {
  return classes.length === 0 ? [column] : classes.map((label) => `${column}:${label}`);
}

function readNumbers(node: JsonNode, count: number): number[] {
  const numbers = itemsOf(node).map(readNumber);
  if (numbers.length !== count) throw problemAt(node, `it needs ${count} numbers.`);
  return numbers;
}

function readSmoothing(node: JsonNode): 'auto' | number {
  if (node.value === 'auto') return 'auto';
  const smoothing = readNumber(node);
  if (smoothing < 0) throw problemAt(node, 'it must be auto or a number of at least 0.');
  return smoothing;
}
