import { type Table, createRandom, createTable } from '@gnu-mlops/core';

/** A small table with a signal: numbers, a few of them missing, a category, an identifier, classes. */
export function churnTable(rowCount: number, seed = 1): Table {
  const random = createRandom(seed);
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const tenure = random.nextInt(60);
    const plan = random.nextInt(3);
    const charge = 20 + 30 * plan + random.nextNormal() * 5;
    const risk = 1.2 - tenure / 20 + (plan === 2 ? 1 : 0) + random.nextNormal();
    return { id: `customer-${row}`, tenure, plan, charge, hasLeft: risk > 0 };
  });
  return createTable([
    ['id', { kind: 'text', values: rows.map(({ id }) => id) }],
    ['tenure', { kind: 'integer', values: Float64Array.from(rows, ({ tenure }) => tenure) }],
    [
      'charge',
      {
        kind: 'numeric',
        values: Float64Array.from(rows, ({ charge }, row) => (row % 11 === 5 ? NaN : charge)),
      },
    ],
    [
      'plan',
      {
        kind: 'categorical',
        codes: Int32Array.from(rows, ({ plan }) => plan),
        dictionary: ['basic', 'plus', 'pro'],
      },
    ],
    [
      'left',
      {
        kind: 'categorical',
        codes: Int32Array.from(rows, ({ hasLeft }) => Number(hasLeft)),
        dictionary: ['No', 'Yes'],
      },
    ],
  ]);
}
