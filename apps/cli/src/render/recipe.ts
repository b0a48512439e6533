import type { FittedFromChunks } from '@gnu-mlops/preprocess';
import { formatQuantity } from './figures.ts';

/** What was learnt, and what to know before it is used. */
export function formatFittedRecipe(
  { recipe, rowCount, passes, estimated }: FittedFromChunks,
  file: string,
): string {
  const { inputs, steps, features, dropped } = recipe;
  const lines = [
    `Learnt ${formatQuantity(steps.length, 'step')} from ${formatQuantity(rowCount, 'row')} in ` +
      `${passes} ${passes === 1 ? 'pass' : 'passes'}: ${formatQuantity(inputs.length, 'column')} ` +
      `become ${formatQuantity(features.length, 'feature')}. Wrote ${file}.`,
    ...dropped.map(({ column, reason }) => `left out: ${column} (${reason})`),
  ];
  if (estimated.length > 0) {
    lines.push(
      `Learnt from estimated quantiles, wrong by less than 0.1 % of the rows: ${estimated.join(', ')}.`,
    );
  }
  if (steps.some(({ kind }) => kind === 'target_encode')) {
    lines.push(
      'It has learnt from the target: train on other rows than it was fitted on, or a model sees its own answers.',
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}
