import { cellValue } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileSource } from '../../src/file-source.ts';
import { sampleRows } from '../../src/sample/sample-rows.ts';
import { usedCategories } from '../../src/sample/used-categories.ts';

it('takes rows evenly, in order, with their own texts and no others', async () => {
  const path = join(temporaryFolder(), 'ids.csv');
  const rowCount = 20_000;
  const lines = Array.from({ length: rowCount }, (_, row) => `id ${row},${row % 3}`);
  writeFileSync(path, `id,n\n${lines.join('\n')}\n`);
  const signature = [
    { name: 'id', type: 'string', required: true },
    { name: 'n', type: 'double', required: true },
  ] as const;
  const sample = await sampleRows(fileSource(path), { signature, rowCount, mostRows: 40 });
  expect(sample.rowCount).toBe(40);
  const rows = Array.from({ length: 40 }, (_, index) => index * 500);
  const ids = rows.map((_, row) => cellValue(sample.columns.get('id')!, row));
  expect(ids).toEqual(rows.map((row) => `id ${row}`));
});

it('keeps of a column the categories that it uses', () => {
  const codes = Int32Array.of(3, -1, 1, 3);
  const dictionary = ['a', 'b', 'c', 'd'];
  expect(usedCategories({ kind: 'categorical', codes, dictionary })).toEqual({
    kind: 'categorical',
    codes: Int32Array.of(1, -1, 0, 1),
    dictionary: ['b', 'd'],
  });
});
