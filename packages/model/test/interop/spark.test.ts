import { spawnSync } from 'node:child_process';
import { describe, it } from 'vitest';
import { formatSql } from '../../src/export/format-sql.ts';
import { runPython, whyNoPython } from './run-python.ts';
import { type SqlAnswers, expectModelScores, sqlModels, writeSqlJob } from './sql-export-job.ts';

/** Spark plans and compiles long queries for many seconds: without this variable, short ones alone. */
const isWhole = process.env['GNU_MLOPS_INTEROP_FULL'] === '1';
const models = isWhole
  ? sqlModels
  : sqlModels
      .filter(([, model]) => formatSql(model, { dialect: 'spark', table: 'rows' }).length < 13_000)
      .filter((_, m) => m % 2 === 0);

const reason =
  whyNoPython('pyspark') ??
  (spawnSync('java', ['-version']).status === 0 ? undefined : 'Spark needs a Java runtime');

describe.skipIf(reason !== undefined)(`Spark SQL${reason ? ` (${reason})` : ''}`, () => {
  it('scores as the models do, NaN in place of a missing number included', () => {
    const job = writeSqlJob(models, 'spark');
    expectModelScores(runPython('run_spark.py', job) as SqlAnswers, models);
  }, 900_000);
});
