import {
  type Column,
  type SignatureType,
  type Task,
  columnLength,
  isMissing,
  signatureType,
} from '@gnu-mlops/core';
import { createCategoryCoder } from '../category-coder.ts';
import { cellsOf, holdsText } from '../cells.ts';
import { type Category, compareCategories, countCategories } from '../count-categories.ts';
import { type EncodedTarget, classNames, encodeTarget, namedRows } from '../encode-target.ts';
import { CategoriesTooManyError, TargetMissingError } from '../errors.ts';
import { inferTaskFrom, mostClasses } from '../infer-task.ts';
import type { LayoutColumn } from '../step-definition.ts';
import { checkKind } from './chunk-reader.ts';

/** Turns the target cells of one chunk into class codes or numbers, in the same way for each. */
export type TargetEncoder = (column: Column) => EncodedTarget;

/** Gathers what the target is. */
export interface TargetAccumulator {
  /** @throws {InputKindError} when the column is of another kind than it was first. */
  add(column: Column): void;
  /** @throws {TargetMissingError} when cells were missing. */
  finish(): TargetEncoder;
}

/** Settings of {@link collectTarget}. */
export interface CollectTargetOptions {
  readonly name: string;
  readonly task?: Task;
  readonly mostCategories: number;
}

/** Gather the classes of a target, or find that it holds amounts, from chunk to chunk. */
export function collectTarget({
  name,
  task: wanted,
  mostCategories,
}: CollectTargetOptions): TargetAccumulator {
  const seen = new Set<Category>();
  const missingRows: number[] = [];
  let first: (LayoutColumn & { readonly type: SignatureType }) | undefined;
  let rowCount = 0;
  let missingCount = 0;

  function add(column: Column): void {
    first ??= { name, kind: column.kind, type: signatureType(column) };
    checkKind(first, column);
    for (let row = 0; row < columnLength(column); row++) {
      if (!isMissing(column, row)) continue;
      missingCount++;
      if (missingRows.length < namedRows) missingRows.push(rowCount + row);
    }
    rowCount += columnLength(column);
    const mayBeAmount = wanted !== 'classification' && !holdsText(first.kind);
    if (wanted === 'regression' || (mayBeAmount && seen.size > mostClasses)) return;
    for (const category of countCategories(cellsOf(column)).counts.keys()) seen.add(category);
    if (!mayBeAmount && seen.size > mostCategories) {
      throw new CategoriesTooManyError(name, mostCategories);
    }
  }

  function finish(): TargetEncoder {
    if (missingCount > 0) throw new TargetMissingError(name, missingCount, missingRows);
    const { kind } = first!;
    const facts = { kind, distinct: seen.size, present: rowCount };
    const task = wanted ?? inferTaskFrom(facts);
    if (task === 'regression') return (column) => encodeTarget(column, { name, task });
    const categories = [...seen].sort(compareCategories);
    const codeOf = new Map(categories.map((category, code) => [category, code]));
    const code = createCategoryCoder({ column: name, codeOf, missing: 'error', unknown: 'error' });
    const classes = classNames(categories, kind);
    return (column) => ({ task, labels: code(cellsOf(column)), classes });
  }

  return { add, finish };
}
