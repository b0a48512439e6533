import { DatabaseSync } from 'node:sqlite';
import { type Table, rowAt } from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { type SqlOptions, formatSql } from '../../src/export/format-sql.ts';
import { quoteIdentifier } from '../../src/export/sql-dialect.ts';
import type { Model } from '../../src/model.ts';
import { predictTable } from '../../src/predict-table.ts';
import { calibratedExports } from '../fixtures/calibrated-models.ts';
import {
  composedModels,
  exportModels,
  hostileNames,
  hostileTable,
} from '../fixtures/export-models.ts';
import { tinyForest } from '../fixtures/tiny-models.ts';

const tableName = 'my "table"; --';

/** The answers of SQLite, in row order. */
function runInSqlite(model: Model, table: Table): Record<string, unknown>[] {
  const database = new DatabaseSync(':memory:');
  const names = [...table.columns.keys()];
  const quoted = names.map((name) => quoteIdentifier(name, 'sqlite'));
  const target = quoteIdentifier(tableName, 'sqlite');
  database.exec(`CREATE TABLE ${target} (id INTEGER, ${quoted.join(', ')})`);
  const insert = database.prepare(
    `INSERT INTO ${target} VALUES (?, ${names.map(() => '?').join(', ')})`,
  );
  for (let row = 0; row < table.rowCount; row++) {
    const values = new Map(Object.entries(rowAt(table, row)));
    const cells = names.map((name) => {
      const value = values.get(name);
      return typeof value === 'boolean' ? Number(value) : (value as string | number | null);
    });
    insert.run(row, ...cells);
  }
  const query = formatSql(model, { dialect: 'sqlite', table: tableName, keep: ['id'] });
  const rows = database.prepare(`${query} ORDER BY 1`).all();
  database.close();
  return rows;
}

const options: SqlOptions = { dialect: 'sqlite', table: 't' };

describe('formatSql', () => {
  it.each([...exportModels(), ...composedModels(), ...calibratedExports()])(
    'scores as the model does in SQLite, for %s',
    (_, model) => {
      const table = hostileTable(80, 44);
      const expected = predictTable(model, table);
      const rows = runInSqlite(model, table);
      expect(rows.map(({ id }) => id)).toEqual(rows.map((_row, i) => i));
      rows.forEach((answer, row) => {
        if (expected.task === 'regression') {
          const difference = Math.abs(Number(answer['prediction']) - expected.values[row]!);
          expect(difference / Math.max(1, Math.abs(expected.values[row]!))).toBeLessThan(1e-12);
          return;
        }
        expect(answer['prediction']).toBe(expected.classes[expected.labels[row]!]);
        expected.classes.forEach((__, k) => {
          const probability = expected.probabilities[row * expected.classes.length + k]!;
          expect(Math.abs(Number(answer[`probability_${k}`]) - probability)).toBeLessThan(1e-12);
        });
      });
    },
  );

  it('writes doubles and names as each database reads them', () => {
    const [, model] = exportModels()[0]!;
    const table = ['main', 'my`t"able'];
    const spark = formatSql(model, { dialect: 'spark', table });
    expect(spark).toContain('FROM `main`.`my``t"able`');
    expect(spark).toContain("'back\\\\slash\\\\'");
    expect(spark).toContain("\\'; DROP TABLE");
    expect(spark).toMatch(/\d\.\d+D/);
    expect(spark).toContain('ISNAN');
    expect(spark).not.toContain('${');
    expect(spark).toContain("IDENTIFIER('`*/ } </script><!-- \\u0024{x} //`')");
    const variable = formatSql(model, { dialect: 'spark', table: ['main', '${t}'] });
    expect(variable).toContain("FROM IDENTIFIER('`main`.`\\u0024{t}`')");
    const postgres = formatSql(model, { dialect: 'postgres', table });
    expect(postgres).toContain('"main"."my`t""able"');
    expect(postgres).toContain("'; DROP TABLE".replace("'", "''"));
    expect(postgres).toMatch(/'\d\.\d+'::double precision/);
    expect(formatSql(model, { dialect: 'duckdb', table })).toMatch(/\d\.\d+e0/);
  });

  it('refuses a model that is longer than the limit', () => {
    const [, model] = exportModels()[0]!;
    expect(() => formatSql(model, { ...options, maxCharacters: 2000 })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPORT_TOO_LARGE', limit: 2000 }),
    );
  });

  it('refuses models that read times', () => {
    expect(() => formatSql(tinyForest(), options)).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPORT_UNSUPPORTED' }),
    );
  });

  it('refuses names that SQL cannot hold', () => {
    const [, model] = exportModels()[0]!;
    expect(() => formatSql(model, { ...options, table: 'a\0b' })).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPORT_UNSUPPORTED' }),
    );
    expect(hostileNames.some((name) => name.includes('\0'))).toBe(false);
  });
});
