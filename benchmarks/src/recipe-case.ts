import { type Column, type Table, createRandom, createTable } from '@gnu-mlops/core';
import type { RecipeSpec } from '@gnu-mlops/preprocess';

const numbers = Array.from({ length: 10 }, (_, i) => `number_${i}`);
const texts = Array.from({ length: 10 }, (_, i) => `text_${i}`);

/** Fill, scale and encode, as people do it with a ColumnTransformer. */
export const recipeSpec: RecipeSpec = {
  steps: [
    { kind: 'impute', columns: numbers, strategy: 'median' },
    { kind: 'standard_scale', columns: numbers },
    { kind: 'impute', columns: texts, strategy: 'most_frequent' },
    { kind: 'one_hot', columns: texts, unknown: 'ignore' },
  ],
};

/** Ten columns of numbers and ten of texts, five of each; a tenth of each column is missing. */
export function mixedTable(rowCount: number): Table {
  const random = createRandom(7);
  const named: [string, Column][] = numbers.map((name) => {
    const values = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      values[row] = random.nextFloat() < 0.1 ? NaN : random.nextNormal();
    }
    return [name, { kind: 'numeric', values }];
  });
  for (const name of texts) {
    const dictionary = ['monthly', 'yearly', 'two years', 'prepaid', 'trial'];
    const codes = new Int32Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      codes[row] = random.nextFloat() < 0.1 ? -1 : random.nextInt(dictionary.length);
    }
    named.push([name, { kind: 'categorical', codes, dictionary }]);
  }
  return createTable(named);
}
