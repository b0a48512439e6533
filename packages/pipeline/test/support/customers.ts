import { type Table, createRandom, createTable } from '@gnu-mlops/core';

/** Customers of whom about a third leave, mostly those with a short contract and a high bill. */
export function customersTable(rowCount = 240, seed = 1): Table {
  const random = createRandom(seed);
  const bills = new Float64Array(rowCount);
  const contracts = new Int32Array(rowCount);
  const churn = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    bills[row] = random.nextInt(20) === 0 ? NaN : 20 + random.nextFloat() * 80;
    contracts[row] = random.nextInt(2);
    const risk = (bills[row]! > 55 ? 0.45 : 0.05) + (contracts[row] === 0 ? 0.45 : 0);
    churn[row] = random.nextFloat() < risk ? 1 : 0;
  }
  return createTable([
    ['bill', { kind: 'numeric', values: bills }],
    ['contract', { kind: 'categorical', codes: contracts, dictionary: ['monthly', 'yearly'] }],
    ['churn', { kind: 'categorical', codes: churn, dictionary: ['no', 'yes'] }],
  ]);
}
