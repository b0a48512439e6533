import { readFileSync } from 'node:fs';
import {
  type SignatureType,
  type Table,
  createColumnBuilder,
  createTable,
  takeRows,
} from '@gnu-mlops/core';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import {
  checkTrainingTable,
  defaultRecipeSpec,
  encodeTarget,
  fitRecipe,
  parseRecipe,
  splitTrainTest,
  transformTable,
} from '../src/index.ts';

const path = sharedDataPath('telco_customer_churn.csv');
const types: { readonly [column: string]: SignatureType } = {
  SeniorCitizen: 'long',
  tenure: 'long',
  MonthlyCharges: 'double',
  TotalCharges: 'double',
};

/** The file quotes nothing, so its cells can be cut at the commas. */
function readTable(file: string): Table {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const builders = header!
    .split(',')
    .map((name) => createColumnBuilder({ name, type: types[name] ?? 'string' }));
  for (const row of rows) row.split(',').forEach((cell, i) => builders[i]!.appendText(cell));
  return createTable(header!.split(',').map((name, i) => [name, builders[i]!.finish()]));
}

describe.skipIf(path === undefined)(
  'on the telco churn table (skipped without ../shared/data)',
  () => {
    const table = path === undefined ? createTable([]) : readTable(path);
    const target = 'Churn';

    it('finds the key and nothing worse', () => {
      expect(checkTrainingTable(table, { target })).toMatchObject([
        { severity: 'warning', check: 'column_identifier', column: 'customerID' },
      ]);
    });

    it.each([
      ['trees', 45],
      ['linear', 46],
    ] as const)('makes features for %s out of training rows, the key left out', (family, count) => {
      const encoded = encodeTarget(table.columns.get(target)!, { name: target });
      if (encoded.task !== 'classification') throw new Error('expected classes');
      expect(encoded.classes).toEqual(['No', 'Yes']);
      const { rowCount } = table;
      const split = splitTrainTest({ rowCount, labels: encoded.labels, testSize: 0.2, seed: 42 });
      const isChurn = (row: number) => encoded.labels[row] === 1;
      expect([split.test.length, split.test.filter(isChurn).length]).toEqual([1409, 374]);

      const training = takeRows(table, split.train);
      const spec = defaultRecipeSpec(training, { for: family, target });
      const recipe = fitRecipe(training, spec, { target });
      expect(recipe.dropped.map(({ column }) => column)).toEqual(['customerID']);
      expect(recipe.inputs).toHaveLength(19);
      expect(recipe.features).toHaveLength(count);
      const read = parseRecipe(JSON.parse(JSON.stringify(recipe)));
      const matrix = transformTable(takeRows(table, split.test), read);
      const missing = matrix.columns.reduce((sum, x) => sum + x.filter(Number.isNaN).length, 0);
      expect(missing > 0).toBe(family === 'trees');
    });
  },
);
