import { type Table, cellValue, createTable, formatTimestamp } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTable } from '../../src/digest-table.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { readTable } from '../../src/read-table.ts';
import { python, whyNoPython } from './interop-python.ts';

const reason = whyNoPython('pandas, pyarrow');
const run = (script: string, ...args: string[]) =>
  execFileSync(python!, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });

describe.skipIf(reason !== undefined)(
  `files of pandas and pyarrow${reason ? `: ${reason}` : ''}`,
  () => {
    let folder: string;
    let expected: Table;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
      run('./write_frames.py', folder);
      expected = (await readTable(join(folder, 'snappy.parquet'))).table;
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('have the columns that were written', () => {
      const kinds = [...expected.columns].map(([name, { kind }]) => [name, kind]);
      expect(kinds).toEqual([
        ['whole', 'integer'],
        ['real', 'numeric'],
        ['class', 'categorical'],
        ['text', 'text'],
        ['flag', 'boolean'],
        ['time', 'timestamp'],
      ]);
      expect(expected.rowCount).toBe(3000);
      expect(cellValue(expected.columns.get('whole')!, 8)).toBe(-1);
      expect(cellValue(expected.columns.get('class')!, 5)).toBe('ü,');
      expect(cellValue(expected.columns.get('time')!, 1)).toBe(Date.parse('1969-12-31T07:00:00Z'));
    });

    it.each([
      ...['zstd.parquet', 'plain.csv', 'packed.csv.gz', 'stream.arrows'],
      ...['lz4.feather', 'zstd.feather', 'uncompressed.feather'],
    ])('%s says the same, by its digest', async (name) => {
      const { table } = await readTable(join(folder, name));
      expect(digestTable(table)).toBe(digestTable(expected));
    });

    it('JSON lines of pandas say the same to fifteen digits', async () => {
      const { table } = await readTable(join(folder, 'lines.jsonl'));
      for (const [name, column] of expected.columns) {
        for (let row = 0; row < expected.rowCount; row += 13) {
          const [read, wanted] = [table, expected].map((t) => cellValue(t.columns.get(name)!, row));
          if (typeof wanted === 'number' && column.kind === 'numeric') {
            expect(read).toBeCloseTo(wanted, 12);
          } else expect(read).toBe(wanted);
        }
      }
    });
  },
);

describe.skipIf(reason !== undefined)('files that pandas and pyarrow read', () => {
  const table = createTable([
    ['whole', { kind: 'integer', values: Float64Array.of(1, -2, 2 ** 53 - 1) }],
    ['real', { kind: 'numeric', values: Float64Array.of(0.1, NaN, 1e300) }],
    ['flag', { kind: 'boolean', values: Uint8Array.of(1, 0, 1) }],
    ['text', { kind: 'text', values: ['a"b', null, 'é😀\nx'] }],
    ['time', { kind: 'timestamp', values: Float64Array.of(0, 1.5e12, -1) }],
  ]);

  it.each([
    ['a.parquet', 'parquet'],
    ['a.arrow', 'arrow'],
    ['a.arrows', 'arrow'],
    ['a.jsonl', 'jsonl'],
    ['a.csv.gz', 'csv'],
  ])('%s', async (name, format) => {
    const path = join(temporaryFolder(), name);
    await writeTable(path, table);
    const read = JSON.parse(run('./read_frame.py', path, format)) as Record<string, unknown[]>;
    for (const [column, cells] of table.columns) {
      const wanted = [0, 1, 2].map((row) => {
        const value = cellValue(cells, row);
        return cells.kind === 'timestamp' ? formatTimestamp(value as number) : value;
      });
      expect([column, read[column]]).toEqual([column, wanted]);
    }
  });
});
