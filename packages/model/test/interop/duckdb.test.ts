import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { formatSql } from '../../src/export/format-sql.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibratedExports } from '../fixtures/calibrated-models.ts';
import { composedModels, exportModels, hostileTable } from '../fixtures/export-models.ts';
import { runPython, whyNoPython } from './run-python.ts';

const reason = whyNoPython('duckdb');

describe.skipIf(reason !== undefined)(`DuckDB in Python${reason ? ` (${reason})` : ''}`, () => {
  it('scores as the models do, NaN in place of a missing number included', () => {
    const table = hostileTable(60, 45);
    const names = [...table.columns.keys()];
    const types = names.map((_, i) => (i < 3 ? 'VARCHAR' : i === 3 ? 'BOOLEAN' : 'DOUBLE'));
    const rows = Array.from({ length: table.rowCount }, (_, row) => {
      const cells = new Map(Object.entries(rowAt(table, row)));
      const own = names.map((name, i) => {
        const value = cells.get(name) ?? null;
        return value === null && types[i] === 'DOUBLE' && row % 2 === 0 ? 'NaN' : value;
      });
      return [row, ...own];
    });
    const models = [...exportModels(), ...composedModels(), ...calibratedExports()];
    const queries = models.map(
      ([, model]) =>
        `${formatSql(model, { dialect: 'duckdb', table: 'rows', keep: ['id'] })} ORDER BY 1`,
    );
    const columns = [['id', 'INTEGER'], ...names.map((name, i) => [name, types[i]])];
    const job = join(temporaryFolder(), 'job.json');
    writeFileSync(job, JSON.stringify({ columns, rows, queries }));
    const answers = runPython('run_duckdb.py', job) as [number, string | number, ...number[]][][];
    models.forEach(([name, model], m) => {
      const expected = predictTable(model, table);
      answers[m]!.forEach(([, prediction, ...probabilities], row) => {
        if (expected.task === 'regression') {
          const value = expected.values[row]!;
          const difference = Math.abs(Number(prediction) - value) / Math.max(1, Math.abs(value));
          expect(difference, name).toBeLessThan(1e-12);
          return;
        }
        expect(prediction, name).toBe(expected.classes[expected.labels[row]!]);
        probabilities.forEach((share, k) => {
          const own = expected.probabilities[row * expected.classes.length + k]!;
          expect(Math.abs(share - own), name).toBeLessThan(1e-12);
        });
      });
    });
  });
});
