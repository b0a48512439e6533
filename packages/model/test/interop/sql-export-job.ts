import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect } from 'vitest';
import { formatSql } from '../../src/export/format-sql.ts';
import type { SqlDialect } from '../../src/export/sql-dialect.ts';
import type { Model } from '../../src/model.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibratedExports } from '../fixtures/calibrated-models.ts';
import { composedModels, exportModels, hostileTable } from '../fixtures/export-models.ts';

/** A model to export, by a name for messages. */
export type NamedModel = readonly [name: string, model: Model];

/** Every kind of recipe, estimator, link and calibration that SQL is written for. */
export const sqlModels: readonly NamedModel[] = [
  ...exportModels(),
  ...composedModels(),
  ...calibratedExports(),
];

const table = hostileTable(60, 45);

/** What a database answers: for each query its rows, `id`, prediction and probabilities. */
export type SqlAnswers = readonly (readonly [number, string | number, ...number[]][])[];

/** A file of the models' queries and of the rows to score, some of their missing numbers NaN. */
export function writeSqlJob(models: readonly NamedModel[], dialect: SqlDialect): string {
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
  const queries = models.map(
    ([, model]) => `${formatSql(model, { dialect, table: 'rows', keep: ['id'] })} ORDER BY 1`,
  );
  const columns = [['id', 'INTEGER'], ...names.map((name, i) => [name, types[i]])];
  const job = join(temporaryFolder(), 'job.json');
  writeFileSync(job, JSON.stringify({ columns, rows, queries }));
  return job;
}

/** Expect what the models themselves predict for the rows, within 1e-12. */
export function expectModelScores(answers: SqlAnswers, models: readonly NamedModel[]): void {
  expect(answers.length).toBe(models.length);
  models.forEach(([name, model], m) => {
    const expected = predictTable(model, table);
    expect(
      answers[m]!.map(([id]) => id),
      name,
    ).toEqual(Array.from({ length: table.rowCount }, (_, row) => row));
    answers[m]!.forEach(([, prediction, ...probabilities], row) => {
      if (expected.task === 'regression') {
        const value = expected.values[row]!;
        const difference = Math.abs(Number(prediction) - value) / Math.max(1, Math.abs(value));
        expect(difference, name).toBeLessThan(1e-12);
        return;
      }
      expect(prediction, name).toBe(expected.classes[expected.labels[row]!]);
      expect(probabilities.length, name).toBe(expected.classes.length);
      probabilities.forEach((share, k) => {
        const own = expected.probabilities[row * expected.classes.length + k]!;
        expect(Math.abs(share - own), name).toBeLessThan(1e-12);
      });
    });
  });
}
