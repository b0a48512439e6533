import { DatabaseSync } from 'node:sqlite';
import { type Table, createColumnBuilder, createTable, rowAt } from '@gnu-mlops/core';
import { fitRecipe } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { LinearEstimator } from '../../src/estimator.ts';
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
import { rawLinear, tinyForest } from '../fixtures/tiny-models.ts';

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

  it('takes blank texts of every kind for missing, as the model does', () => {
    const column = (...texts: string[]) => {
      const builder = createColumnBuilder({ name: 'c', type: 'string' });
      for (const text of texts) builder.appendText(text);
      return createTable([['c', builder.finish()]]);
    };
    const recipe = fitRecipe(column('a', 'b', ''), {
      steps: [{ kind: 'one_hot', columns: ['c'], unknown: 'ignore', missing: 'category' }],
    });
    const coefficients = Float64Array.of(1, 2, 4);
    const estimator = { ...(rawLinear().estimator as LinearEstimator), coefficients };
    const signature = { inputs: recipe.inputs, outputs: [] };
    const model: Model = { ...rawLinear(), recipe, signature, estimator };
    const texts = ['a', '', ' ', '\t', '\r\n', '\u00a0', '\u2003\ufeff', ' a', 'new'];
    const predictions = predictTable(model, column(...texts));
    const database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (c)');
    for (const text of texts) database.prepare('INSERT INTO t VALUES (?)').run(text);
    const answers = database.prepare(formatSql(model, { dialect: 'sqlite', table: 't' })).all();
    expect(answers.map(({ prediction }) => prediction)).toEqual([
      ...(predictions as { values: Float64Array }).values,
    ]);
    database.close();
  });

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

  it('refuses a tree that is deeper than any stack by its length', () => {
    const depth = 20_000;
    const nodes = Array.from({ length: 2 * depth + 1 }, (_, node) => node);
    const isSplit = (node: number) => node % 2 === 0 && node < 2 * depth;
    const chain = {
      splitFeature: Int32Array.from(nodes, (node) => (isSplit(node) ? 0 : -1)),
      threshold: Float64Array.from(nodes),
      leftChild: Int32Array.from(nodes, (node) => node + 1),
      rightChild: Int32Array.from(nodes, (node) => node + 2),
      missingLeft: new Uint8Array(nodes.length),
      leafIndex: Int32Array.from(nodes, (node) => (isSplit(node) ? -1 : node >> 1)),
      leafValues: Float64Array.from({ length: depth + 1 }, (_, leaf) => leaf),
      cover: new Float64Array(nodes.length),
    };
    const estimator = assembleForest([chain], { outputCount: 1, aggregation: 'sum' });
    const model: Model = { ...rawLinear(), estimator };
    expect(() => formatSql(model, options)).toThrow(
      expect.objectContaining({ code: 'MODEL_EXPORT_TOO_LARGE' }),
    );
    const query = formatSql(model, { ...options, maxCharacters: 10_000_000 });
    expect(query.match(/CASE WHEN/g)?.length).toBeGreaterThanOrEqual(depth);
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
