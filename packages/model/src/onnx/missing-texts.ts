import type { FittedStep } from '@gnu-mlops/preprocess';

/**
 * What stands in a text tensor where a cell is missing: blank text, and what ONNX Runtime's Python
 * side makes of None, NaN and pandas.NA. ONNX texts have no missing value of their own.
 */
const MISSING_TEXTS: readonly string[] = ['', ' ', 'nan', 'None', '<NA>'];

/**
 * The texts that mean a missing cell of one column. A text that the recipe knows as a category of the
 * column means itself.
 */
export function missingTextsOf(column: string, steps: readonly FittedStep[]): readonly string[] {
  const known = new Set(steps.flatMap((step) => knownTexts(step, column)));
  return MISSING_TEXTS.filter((text) => !known.has(text));
}

function knownTexts(step: FittedStep, name: string): readonly unknown[] {
  switch (step.kind) {
    case 'one_hot':
      return step.columns
        .filter(({ column }) => column === name)
        .flatMap(({ categories, rare }) => [...categories, ...rare]);
    case 'frequency_encode':
    case 'ordinal_encode':
    case 'target_encode':
      return step.columns
        .filter(({ column }) => column === name)
        .flatMap(({ categories }) => categories);
    case 'group_rare':
      return step.columns.filter(({ column }) => column === name).flatMap(({ kept }) => kept);
    case 'impute':
      return step.columns.filter(({ column }) => column === name).map(({ fill }) => fill);
    default:
      return [];
  }
}
