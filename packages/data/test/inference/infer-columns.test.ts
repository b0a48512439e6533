import { createTable, signatureInputs } from '@gnu-mlops/core';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { fileSource } from '../../src/file-source.ts';
import { inferColumns } from '../../src/inference/infer-columns.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { partsSource } from '../../src/parts-source.ts';
import { openTable, readTable } from '../../src/read-table.ts';
import { createSampleTable } from '../../src/sample/create-sample-table.ts';
import type { TableSource } from '../../src/table-source.ts';

const cells = fc.constantFrom(
  ...[
    '',
    ' ',
    'NA',
    'null',
    'nan',
    'true',
    'False',
    'TRUE',
    '0',
    '1',
    '-0',
    '+5',
    '007',
    '-01',
    '1.',
  ],
  ...['.5', '1e3', '0.10', ' 12 ', '9007199254740991', '9007199254740993', '1e400', 'Infinity'],
  ...[
    '2026-01-02',
    '2026-01-02T03:04:05Z',
    '2026-01-02 03:04',
    '2026',
    'x',
    't',
    'yes',
    '"q"',
    'é',
  ],
);

async function expectAsRead(source: string | TableSource): Promise<void> {
  const { table } = await readTable(source);
  const inferred = await inferColumns(source);
  expect(inferred.signature).toEqual(signatureInputs(table));
  expect(inferred.rowCount).toBe(table.rowCount);
}

describe('inferColumns', () => {
  it('finds the types that reading the whole file of CSV finds', async () => {
    const path = join(temporaryFolder(), 'any.csv');
    const column = fc.array(cells, { maxLength: 4 }).chain((few) => {
      const some = few.length === 0 ? cells : fc.constantFrom(...few);
      return fc.array(some, { minLength: 6, maxLength: 6 });
    });
    await fc.assert(
      fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 4 }), async (columns) => {
        const header = columns.map((_, index) => `c${index}`);
        const rows = columns[0]!.map((_, row) =>
          columns.map((each) => `"${each[row]!.replaceAll('"', '""')}"`),
        );
        writeFileSync(path, [header, ...rows].map((row) => row.join(',')).join('\n'));
        await expectAsRead(path);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('finds the types that reading the whole file of JSON lines finds', async () => {
    const path = join(temporaryFolder(), 'any.jsonl');
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, true, false, 1, 0, 1.5, 2 ** 60, '', ' ', 'x', '2026-01-02'),
      cells,
    );
    const line = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
        writeFileSync(path, lines.map((each) => JSON.stringify(each)).join('\n'));
        await expectAsRead(path);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it.each(['csv', 'csv.gz', 'jsonl', 'parquet', 'arrow', 'arrows'])(
    'finds the columns of a table in .%s, whose rows fill many pieces',
    async (ending) => {
      const { table } = createSampleTable({ kind: 'churn', rows: 9_000, seed: 3 });
      const path = join(temporaryFolder(), `sample.${ending}`);
      await writeTable(path, table);
      await expectAsRead(path);
    },
  );

  it('looks at all rows: the last one may be of another type', async () => {
    const path = join(temporaryFolder(), 'late.csv');
    const rows = Array.from({ length: 50_000 }, (_, row) => `${row},${row},${row}`);
    writeFileSync(path, `a,b,c\n${rows.join('\n')}\n1.5,x,\n`);
    const { signature, rowCount } = await inferColumns(path);
    expect(signature.map(({ type }) => type)).toEqual(['double', 'string', 'double']);
    expect(rowCount).toBe(50_001);
  });

  it('takes the types that it is told, and tells columns without a value', async () => {
    const path = join(temporaryFolder(), 'told.csv');
    writeFileSync(path, 'zip,none,count\n1010,,3\n8010,,4\n');
    const { signature, emptyColumns } = await inferColumns(path, {
      columnTypes: { zip: 'string' },
    });
    expect(signature.map(({ type }) => type)).toEqual(['string', 'double', 'long']);
    expect(emptyColumns).toEqual(['none']);
    await expect(inferColumns(path, { columnTypes: { zap: 'string' } })).rejects.toMatchObject({
      code: 'DATA_COLUMN_MISSING',
      message: expect.stringMatching(/zip/) as string,
    });
  });

  it('gives a signature that the same rows are read with in chunks', async () => {
    const path = sharedDataPath('titanic.csv');
    if (path === undefined) return;
    const { signature, rowCount } = await inferColumns(path);
    let rows = 0;
    for await (const { table } of await openTable(path, { signature, batchRows: 100 })) {
      rows += table.rowCount;
    }
    expect(rows).toBe(rowCount);
    await expectAsRead(path);
  });

  it('finds the columns of a query', async () => {
    const sql = "SELECT i, i / 4 AS x, i % 2 = 0 AS even, 'n' || i AS name FROM range(9000) t(i)";
    await expectAsRead(querySource({ sql, tables: {} }));
  });

  it('reads a source whole that can do no other', async () => {
    const table = createTable([['x', { kind: 'integer', values: Float64Array.of(1, NaN) }]]);
    const source: TableSource = {
      ...{ name: 'own', uri: 'own:', sourceType: 'code' },
      read: async () => ({ table, skippedRows: { count: 0, lines: [] } }),
      open: () => Promise.reject(new Error('not asked for')),
    };
    const { signature } = await inferColumns(source);
    expect(signature).toEqual([{ name: 'x', type: 'double', required: true }]);
  });
});

describe('columns of a table in parts', () => {
  function parts(...texts: readonly string[]): TableSource {
    const folder = temporaryFolder();
    const sources = texts.map((text, index) => {
      const path = join(folder, `${index}.csv`);
      writeFileSync(path, text);
      return fileSource(path);
    });
    return partsSource({ name: 'parts', uri: 'parts:', sourceType: 'local' }, async () => sources);
  }

  it('are those of all parts together', async () => {
    await expectAsRead(parts('a,b,c\n1,x,\n', 'b,a,c\ny,2.5,4\n', 'a,b,c\n'));
  });

  it.each([
    ['other columns', 'a,d\n1,2\n'],
    ['other types', 'a,b\nx,2\n'],
  ])('throw DATA_PARTS_DIFFER for %s, as reading does', async (_, other) => {
    const source = parts('a,b\n1,2\n', other);
    await expect(inferColumns(source)).rejects.toMatchObject({ code: 'DATA_PARTS_DIFFER' });
    await expect(source.read()).rejects.toMatchObject({ code: 'DATA_PARTS_DIFFER' });
  });
});
