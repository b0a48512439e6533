import { type Table, createTable } from '@gnu-mlops/core';
import { readTable, writeTable } from '@gnu-mlops/data';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runBatch } from '../src/run-batch.ts';
import { batchScene } from './support/batch-scene.ts';
import { thirdPredictor, thresholdPredictor } from './support/threshold-predictor.ts';

const at = Date.parse('2026-01-01T00:00:00.000Z');

function inputTable(rowCount: number): Table {
  const values = Float64Array.from({ length: rowCount }, (_, row) => row % 11);
  return createTable([
    ['x', { kind: 'numeric', values }],
    [
      'name',
      { kind: 'text', values: Array.from(values, (_, row) => (row % 3 ? `n"${row}` : null)) },
    ],
    ['prediction', { kind: 'integer', values: values.map((_, row) => row) }],
  ]);
}

describe.each([
  'a.csv',
  'a.csv.gz',
  'a.tsv',
  'a.jsonl',
  'a.jsonl.gz',
  'a.parquet',
  'a.arrow',
  'a.arrows',
])('a waiting %s', (name) => {
  it('is scored in its own format, with its own columns as they were', async () => {
    const { root, options } = batchScene();
    const table = inputTable(4500);
    await writeTable(join(root, 'in', name), table);

    const report = await runBatch({ ...options, batchRows: 1000 });

    expect(report.files).toMatchObject([{ status: 'scored', rows: 4500 }]);
    const output = report.files[0]!.output!;
    expect(output).toBe(join(root, 'out', name.replace('a.', 'a_predictions.')));
    const scored = (await readTable(output)).table.columns;
    expect([...scored.keys()]).toEqual([
      ...table.columns.keys(),
      ...['prediction_2', 'probability', 'prediction_timestamp'],
    ]);
    for (const [column, cells] of table.columns) {
      const read = scored.get(column)!;
      // Whole numbers of a CSV file are integers whatever wrote them.
      expect({ ...read, kind: cells.kind }).toEqual(cells);
    }
    const label = scored.get('prediction_2')!;
    if (label.kind !== 'categorical') throw new Error(label.kind);
    expect(Array.from(label.codes, (code) => label.dictionary[code]!.slice(0, 3))).toEqual(
      Array.from({ length: 4500 }, (_, row) => (row % 11 >= 5 ? 'hig' : 'low')),
    );
    expect(scored.get('probability')).toEqual({
      kind: 'numeric',
      values: Float64Array.from({ length: 4500 }, (_, row) =>
        row % 11 >= 5 ? (row % 11) / 10 : 1 - (row % 11) / 10,
      ),
    });
    expect(scored.get('prediction_timestamp')).toEqual({
      kind: 'timestamp',
      values: new Float64Array(4500).fill(at),
    });
  });

  it('is scored without rows as well', async () => {
    const { root, options } = batchScene();
    await writeTable(join(root, 'in', name), inputTable(0));
    const report = await runBatch(options);
    if (name.includes('json')) {
      // A file of no lines has no columns either.
      expect(report.files).toMatchObject([{ error: { code: 'DATA_COLUMN_MISSING' } }]);
      return;
    }
    expect(report.files).toMatchObject([{ status: 'scored', rows: 0 }]);
    const scored = await readTable(report.files[0]!.output!);
    expect([...scored.table.columns.keys()]).toContain('probability');
  });
});

describe('runBatch: how added numbers are written', () => {
  it('has as many decimals as asked for, rounded as toFixed does', async () => {
    const { options, put, read } = batchScene();
    put('a.csv', 'x\n1\n2\n-0.0001\n1e9\n');
    await runBatch({ ...options, predictor: thirdPredictor(), decimals: 3 });
    const cells = read('out', 'a_predictions.csv').split('\n').slice(1, 5);
    expect(cells.map((row) => row.split(',')[1])).toEqual([
      '0.333',
      '0.667',
      '-0.000',
      '333333333.333',
    ]);
  });

  it('refuses what is no number of decimals', async () => {
    const { options } = batchScene();
    await expect(runBatch({ ...options, decimals: 16 })).rejects.toMatchObject({
      code: 'BATCH_OPTION_INVALID',
    });
  });
});

describe('runBatch: Parquet', () => {
  it('leaves a file that takes more memory than allowed', async () => {
    const { root, options } = batchScene();
    await writeTable(join(root, 'in', 'a.parquet'), inputTable(4500));
    const [file] = (await runBatch({ ...options, memoryLimitBytes: 1000 })).files;
    expect(file).toMatchObject({ status: 'failed', error: { code: 'DATA_MEMORY_EXCEEDED' } });
    expect(file!.error!.message).toContain('needs more than');
    const again = await runBatch({ ...options, memoryLimitBytes: 100_000_000 });
    expect(again.files).toMatchObject([{ status: 'scored', rows: 4500 }]);
  });

  it('refuses what is no limit', async () => {
    const { options } = batchScene();
    await expect(runBatch({ ...options, memoryLimitBytes: 0 })).rejects.toMatchObject({
      code: 'BATCH_OPTION_INVALID',
    });
  });
});

describe('runBatch: JSON lines', () => {
  it('keeps each line as it is and adds to its end', async () => {
    const { options, put, read } = batchScene();
    put('a.jsonl', ' {"x" : 8,"id":12345678901234567890,"more":{"a":[1]} } \r\n{"x":null}\n');
    await runBatch(options);
    const time = '"prediction_timestamp":"2026-01-01T00:00:00.000Z"';
    expect(read('out', 'a_predictions.jsonl')).toBe(
      ' {"x" : 8,"id":12345678901234567890,"more":{"a":[1]},' +
        `"prediction":"high","probability":0.8,${time}}\n` +
        `{"x":null,"prediction":"low, \\"cold\\"","probability":1,${time}}\n`,
    );
  });

  it('fails a file whose later lines have the name of an added column', async () => {
    const { options, put } = batchScene();
    put('a.jsonl', '{"x":1}\n{"x":2}\n{"x":3,"prediction":1}\n');
    const report = await runBatch({ ...options, batchRows: 2 });
    expect(report.files[0]!.error).toMatchObject({
      code: 'DATA_JSON_LINE_INVALID',
      message: expect.stringContaining('line 3'),
    });
  });
});

it('packs the scored file of a packed one, whatever its line endings', async () => {
  const { root, options, put } = batchScene();
  put('plain.csv', 'x;n\r\n1;"a"\r\n');
  const { gzipSync } = await import('node:zlib');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(root, 'in', 'packed.csv.gz'), gzipSync('\ufeffx;n\r\n1;"a"\r\n'));
  await runBatch({ ...options, predictor: thresholdPredictor() });
  const packed = gunzipSync(readFileSync(join(root, 'out', 'packed_predictions.csv.gz')));
  const plain = readFileSync(join(root, 'out', 'plain_predictions.csv'), 'utf8');
  expect(packed.toString()).toBe(`\ufeff${plain}`);
});
