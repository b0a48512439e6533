import { describe, it } from 'vitest';
import { runPython, whyNoPython } from './run-python.ts';
import { type SqlAnswers, expectModelScores, sqlModels, writeSqlJob } from './sql-export-job.ts';

const reason = whyNoPython('duckdb');

describe.skipIf(reason !== undefined)(`DuckDB in Python${reason ? ` (${reason})` : ''}`, () => {
  it('scores as the models do, NaN in place of a missing number included', () => {
    const job = writeSqlJob(sqlModels, 'duckdb');
    expectModelScores(runPython('run_duckdb.py', job) as SqlAnswers, sqlModels);
  });
});
