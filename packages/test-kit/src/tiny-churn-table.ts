import { type Table, createColumnBuilder, createTable } from '@gnu-mlops/core';

const columns = [
  { name: 'tenure', type: 'long' },
  { name: 'charges', type: 'double' },
  { name: 'contract', type: 'string' },
  { name: 'senior', type: 'boolean' },
  { name: 'churn', type: 'string' },
] as const;

/** Blank is missing. */
const rows = [
  ['1', '70.5', 'monthly', 'false', 'yes'],
  ['2', '80', 'monthly', 'true', 'yes'],
  ['3', '', 'monthly', 'false', 'yes'],
  ['5', '95.5', 'monthly', 'true', 'yes'],
  ['8', '20', 'monthly', 'false', 'no'],
  ['12', '55', 'yearly', 'false', 'no'],
  ['20', '60', '', 'false', 'no'],
  ['24', '99', 'yearly', 'true', 'no'],
  ['30', '20', 'yearly', 'false', 'no'],
  ['48', '25', 'yearly', '', 'no'],
  ['60', '90', 'yearly', 'false', 'no'],
  ['72', '110', 'yearly', 'true', 'no'],
] as const;

/**
 * Twelve customers that can be checked by hand: 4 of 12 churn, all on monthly contracts and with a
 * tenure of 5 months at most; `charges`, `contract` and `senior` each miss one cell (rows 3, 7, 10).
 */
export function tinyChurnTable(): Table {
  return createTable(
    columns.map((spec, index) => {
      const builder = createColumnBuilder(spec);
      for (const row of rows) builder.appendText(row[index]!);
      return [spec.name, builder.finish()] as const;
    }),
  );
}
