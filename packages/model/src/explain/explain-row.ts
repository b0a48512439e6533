import { nearestName } from '@gnu-mlops/core';
import { ExplainOptionError } from '../errors.ts';
import type { ScoreSpace, TableExplanation } from './explain-table.ts';

/** What one raw column adds to a score. */
export interface ColumnContribution {
  readonly column: string;
  /** In the score's own space; negative where the column speaks against the output. */
  readonly contribution: number;
}

/** Where one score of one row comes from: baseValue + contributions + otherContributions = score. */
export interface RowExplanation {
  /** The class that the score is of, or the target's name. */
  readonly output: string;
  readonly space: ScoreSpace;
  /** Only of a model that calibrates: the score is that before it, not the predicted probability. */
  readonly before?: 'calibration';
  readonly baseValue: number;
  /** The strongest first, by magnitude; equal ones in the order of the model's columns. */
  readonly contributions: readonly ColumnContribution[];
  /** Sum over the columns that are not listed. */
  readonly otherContributions: number;
  readonly score: number;
}

/** Which score of a row to explain, and how much of it. */
export interface RowExplanationOptions {
  /** A class, or the target's name. A model of two classes by log odds answers for both. */
  readonly output: string;
  /** At least 0: how many columns to list; default all. */
  readonly top?: number;
}

/**
 * One row of a table's explanation, made for reading.
 *
 * @param row 0-based, one of the explanation's.
 * @throws {ExplainOptionError} when the model has no such output, or `top` is no count.
 */
export function explainRow(
  explanation: TableExplanation,
  row: number,
  options: RowExplanationOptions,
): RowExplanation {
  const { columns, outputs, baseValues, contributions, space } = explanation;
  const { output, top = columns.length } = options;
  if (!(Number.isSafeInteger(top) && top >= 0)) {
    throw new ExplainOptionError('top', `is ${top}, not a count of columns`);
  }
  const { index, sign } = findOutput(explanation, output);
  const rowStart = row * columns.length * outputs.length;
  const all = columns.map((column, at): ColumnContribution => {
    const contribution = contributions[rowStart + at * outputs.length + index]!;
    return { column, contribution: sign * contribution };
  });
  const ranked = all.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const baseValue = sign * baseValues[index]!;
  const otherContributions = sumOf(ranked.slice(top));
  return {
    output,
    space,
    ...(explanation.before && { before: explanation.before }),
    baseValue,
    contributions: ranked.slice(0, top),
    otherContributions,
    score: baseValue + sumOf(all),
  };
}

/** The first of two classes has the second's log odds with the sign turned. */
function findOutput({ outputs, opposite }: TableExplanation, output: string) {
  const index = outputs.indexOf(output);
  if (index >= 0) return { index, sign: 1 };
  if (output === opposite) return { index: 0, sign: -1 };
  const known = opposite === undefined ? outputs : [opposite, ...outputs];
  const nearest = nearestName(output, known);
  const hint = nearest === undefined ? `it has ${known.join(', ')}` : `did you mean "${nearest}"?`;
  throw new ExplainOptionError('output', `is "${output}", which the model does not have (${hint})`);
}

function sumOf(columns: readonly ColumnContribution[]): number {
  return columns.reduce((sum, { contribution }) => sum + contribution, 0);
}
