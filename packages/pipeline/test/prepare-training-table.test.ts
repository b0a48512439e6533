import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTable, takeRows } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { DataCheckFailedError } from '../src/errors.ts';
import { prepareTrainingTable } from '../src/prepare-training-table.ts';
import { customersTable } from './support/customers.ts';

const source = { table: customersTable(), name: 'customers' };

function file(content: string): { path: string } {
  const path = join(temporaryFolder(), 'rows.csv');
  writeFileSync(path, content);
  return { path };
}

describe('prepareTrainingTable', () => {
  it('tells what is in a table: columns, profile, digest, task', async () => {
    const prepared = await prepareTrainingTable({ source, target: 'churn' });

    expect(prepared).toMatchObject({
      name: 'customers',
      uri: 'memory',
      target: 'churn',
      task: 'classification',
      findings: [],
      skippedRowCount: 0,
      columns: [
        { name: 'bill', type: 'double', required: true },
        { name: 'contract', type: 'string', required: true },
        { name: 'churn', type: 'string', required: true },
      ],
    });
    expect(prepared.digest).toMatch(/^[0-9a-f]{16,}$/);
    expect(prepared.profile.columns.map(({ name }) => name)).toEqual(['bill', 'contract', 'churn']);
  });

  it('has the same digest for the same rows in another order', async () => {
    const { table } = source;
    const backwards = Int32Array.from(
      { length: table.rowCount },
      (_, row) => -row - 1 + table.rowCount,
    );
    const reordered = { table: takeRows(table, backwards), name: 'reordered' };

    const digests = await Promise.all(
      [source, reordered].map((each) => prepareTrainingTable({ source: each, target: 'churn' })),
    );

    expect(digests[1]!.digest).toBe(digests[0]!.digest);
  });

  it('reads a file, with its ragged rows left out only when that is asked for', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row},${row % 2 === 0 ? 'a' : 'b'}\n`);
    const ragged = file(`x,y\n${rows.join('')}1,2,3\n`);

    await expect(prepareTrainingTable({ source: ragged, target: 'y' })).rejects.toMatchObject({
      code: 'DATA_CSV_RAGGED_ROW',
    });
    const prepared = await prepareTrainingTable({
      source: { ...ragged, onRaggedRow: 'skip' },
      target: 'y',
    });
    expect(prepared).toMatchObject({ name: 'rows.csv', uri: ragged.path, skippedRowCount: 1 });
    expect(prepared.table.rowCount).toBe(40);
  });

  it('keeps the named features and the target alone', async () => {
    const prepared = await prepareTrainingTable({ source, target: 'churn', features: ['bill'] });

    expect([...prepared.table.columns.keys()]).toEqual(['bill', 'churn']);
  });

  it('reports warnings and goes on', async () => {
    const constant = new Float64Array(source.table.rowCount).fill(7);
    const table = createTable([
      ...source.table.columns,
      ['seven', { kind: 'numeric', values: constant }],
    ]);

    const { findings } = await prepareTrainingTable({
      source: { table, name: 'customers' },
      target: 'churn',
    });

    expect(findings).toMatchObject([
      { severity: 'warning', check: 'column_constant', column: 'seven' },
    ]);
  });

  it('throws PIPELINE_DATA_CHECK_FAILED with every error, and the table named', async () => {
    const unfit = file(`x,y\n${'1,a\n2,\n'.repeat(20)}`);

    const preparing = prepareTrainingTable({ source: unfit, target: 'y' });

    const error = await preparing.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataCheckFailedError);
    const { findings, message, table } = error as DataCheckFailedError;
    expect(table).toBe('rows.csv');
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ check }) => check).sort()).toEqual(['target_constant', 'target_missing']);
    for (const { message: part } of errors) expect(message).toContain(part);
  });

  it('throws PIPELINE_DATA_CHECK_FAILED for a check of the caller that fails, before it trains', async () => {
    const preparing = prepareTrainingTable({
      source,
      target: 'churn',
      features: ['bill'],
      checks: [
        { check: 'allowed_values', column: 'contract', values: ['never'], severity: 'fail' },
        { check: 'row_count', min: 1, severity: 'fail' },
      ],
    });

    await expect(preparing).rejects.toMatchObject({
      code: 'PIPELINE_DATA_CHECK_FAILED',
      findings: [{ severity: 'error', check: 'data_check', column: 'contract' }],
    });
  });

  it('throws for a target that is not there, naming the nearest column, and never guesses', async () => {
    await expect(prepareTrainingTable({ source, target: 'Churned' })).rejects.toThrow(/"churn"/);
  });

  it('throws for a feature or a file that is not there', async () => {
    await expect(
      prepareTrainingTable({ source, target: 'churn', features: ['bil'] }),
    ).rejects.toThrow(/"bill"/);
    const path = join(temporaryFolder(), 'absent.csv');
    await expect(prepareTrainingTable({ source: { path }, target: 'y' })).rejects.toMatchObject({
      code: 'DATA_FILE_NOT_FOUND',
    });
  });
});
