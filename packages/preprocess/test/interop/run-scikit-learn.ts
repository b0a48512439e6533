import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Column, cellValue, columnLength } from '@gnu-mlops/core';
import { expect } from 'vitest';

/** The Python that has scikit-learn and pandas; undefined: skip. */
export const python = findPython();

/** One column for one transformer; `train` and `test` are plain cells, null = missing. */
export interface ScikitLearnCase {
  readonly transformer: string;
  readonly [field: string]: unknown;
}

type Cells = readonly (number | null)[];

/** Columns of the training and of the test rows, and what else was asked for. */
export interface ScikitLearnResult {
  readonly train: readonly Cells[];
  readonly test: readonly Cells[];
  readonly lambda: number;
  /** Of our exponent and of theirs. */
  readonly likelihoods: readonly [number, number];
  readonly words: readonly string[];
  readonly scores: readonly number[];
  readonly correlations: readonly Cells[];
  readonly low: readonly boolean[];
}

/** Run all cases in one process. */
export function runScikitLearn(cases: readonly ScikitLearnCase[]): ScikitLearnResult[] {
  const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-interop-'));
  try {
    const job = join(folder, 'job.json');
    writeFileSync(job, JSON.stringify({ cases }));
    const script = fileURLToPath(new URL('./scikit_learn_steps.py', import.meta.url));
    const options = { maxBuffer: 2 ** 29, encoding: 'utf8' } as const;
    return JSON.parse(execFileSync(python!, [script, job], options)) as ScikitLearnResult[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A column as plain cells, booleans as numbers. */
export function plainCells(column: Column): (string | number | null)[] {
  return Array.from({ length: columnLength(column) }, (_, row) => {
    const value = cellValue(column, row);
    return typeof value === 'boolean' ? Number(value) : value;
  });
}

/** Expect equal columns, to `tolerance` of the larger of 1 and the value. */
export function expectClose(
  actual: readonly Float64Array[],
  expected: readonly Cells[],
  { what, tolerance = 1e-9 }: { what: string; tolerance?: number },
): void {
  expect(actual.length, what).toBe(expected.length);
  actual.forEach((column, i) => {
    expect(column.length, what).toBe(expected[i]!.length);
    column.forEach((value, row) => {
      const wanted = expected[i]![row] ?? NaN;
      const isSame =
        Object.is(value, wanted) ||
        Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
      if (!isSame) expect.fail(`${what}: column ${i}, row ${row}: ${value}, not ${wanted}`);
    });
  });
}

function findPython(): string | undefined {
  const path = process.env['GNU_MLOPS_INTEROP_PYTHON'];
  if (path === undefined) return undefined;
  try {
    execFileSync(path, ['-c', 'import sklearn, pandas'], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}
