import {
  type Column,
  type Table,
  createColumnBuilder,
  createRandom,
  createTable,
  takeRows,
} from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import { sharedDataPath } from '@gnu-mlops/test-kit';

/** A table and the column to predict. */
export interface DataSet {
  readonly name: string;
  readonly target: string;
  readonly table: Table;
}

const files = [
  { name: 'telco_customer_churn.csv', target: 'Churn' },
  { name: 'titanic.csv', target: 'survived' },
  { name: 'pima_diabetes.csv', target: 'outcome' },
  { name: 'iris.csv', target: 'species' },
  { name: 'california_housing.csv', target: 'median_house_value' },
];

/** What features of so many rows cost the other side to write and this one to read. */
const mostRows = process.env['GNU_MLOPS_INTEROP_FULL'] === '1' ? Infinity : 2500;

/**
 * The public data sets that lie beside the repository, of long ones every so many rows unless
 * GNU_MLOPS_INTEROP_FULL is 1, and awkward columns out of a generator.
 */
export async function dataSets(): Promise<DataSet[]> {
  const sets: DataSet[] = [awkwardTable()];
  for (const { name, target } of files) {
    const path = sharedDataPath(name);
    if (path === undefined) continue;
    const { table } = await readCsv(path);
    sets.push({ name, target, table: everySoManyRows(table) });
  }
  return sets;
}

function everySoManyRows(table: Table): Table {
  const step = Math.max(1, Math.ceil(table.rowCount / mostRows));
  const rowCount = Math.ceil(table.rowCount / step);
  return takeRows(
    table,
    Array.from({ length: rowCount }, (_, row) => row * step),
  );
}

/** Ties, heavy tails, huge offsets, tiny spreads, missing cells, odd characters, rare texts. */
function awkwardTable(): DataSet {
  const rowCount = 600;
  const random = createRandom(11);
  const numbers = (of: () => number | null) => {
    const builder = createColumnBuilder({ name: 'numbers', type: 'double' });
    for (let row = 0; row < rowCount; row++) builder.appendValue(of());
    return builder.finish();
  };
  const words = ['café', 'naïve', '東京', 'Straße', 'İstanbul', 'x', 'don’t', 'e-mail_2', 'ΣΟΦΟΣ'];
  const texts = (of: (row: number) => string | null) => {
    const builder = createColumnBuilder({ name: 'texts', type: 'string' });
    for (let row = 0; row < rowCount; row++) builder.appendValue(of(row));
    return builder.finish();
  };
  const word = () => words[Math.floor(words.length * random.nextFloat() ** 2)]!;
  const columns: [string, Column][] = [
    ['tail', numbers(() => Math.exp(3 * random.nextNormal()))],
    ['offset', numbers(() => 1e9 + random.nextNormal())],
    ['rates', numbers(() => 1e-3 * Math.exp(random.nextNormal()))],
    [
      'huge or 0',
      numbers(() => (random.nextFloat() < 0.2 ? 0 : 1e18 * Math.exp(random.nextNormal()))),
    ],
    ['tiny', numbers(() => 1e-7 * random.nextNormal())],
    ['ties', numbers(() => random.nextInt(4))],
    ['signs', numbers(() => 20 * random.nextNormal() ** 3 - 7)],
    ['constant', numbers(() => 3.3)],
    ['holes', numbers(() => (random.nextFloat() < 0.3 ? null : random.nextNormal() * 100))],
    ['words', texts(() => (random.nextFloat() < 0.1 ? null : word()))],
    ['code', texts(() => `code ${random.nextInt(150)}`)],
    [
      'free text',
      texts((row) =>
        row % 7 === 0
          ? null
          : Array.from({ length: 1 + (row % 12) }, word).join(row % 2 ? ' ' : ', '),
      ),
    ],
    ['target', texts(() => ['low', 'middle', 'high'][random.nextInt(3)]!)],
  ];
  return { name: 'awkward columns', target: 'target', table: createTable(columns) };
}
