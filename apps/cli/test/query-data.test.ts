import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  writeFileSync(join(folder, 'plans.csv'), 'plan,price\nbasic,5\npro,20.5\n');
  writeFileSync(
    join(folder, 'customers.jsonl'),
    '{"id":"007","plan":"pro","since":"2026-01-02"}\n{"id":"8","plan":"basic"}\n{"id":"9","plan":"pro"}\n',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tables = ['-t', 'c=customers.jsonl', '-t', 'p=plans.csv'];
const joined = 'SELECT id, price, since FROM c JOIN p USING (plan) ORDER BY id';

describe('data query', () => {
  it('shows the first rows, numbers to the right, and that there are more', async () => {
    const { output, exitCode } = await run(folder, ['data', 'query', joined, ...tables, '-n', '2']);
    expect(exitCode).toBe(0);
    expect(output).toBe(
      [
        'id   price  since',
        '007   20.5  2026-01-02 00:00:00Z',
        '8        5  -',
        'The first 2 rows; there are more: see --rows and --output.',
        '',
      ].join('\n'),
    );
  });

  it('shows no text that would move the cursor, and cuts long ones', async () => {
    const sql = `SELECT chr(27) || '[2J' AS a, repeat('x', 500) AS b, 'two' || chr(10) || 'lines' AS c`;
    const { output } = await run(folder, ['data', 'query', sql, ...tables]);
    expect(output).not.toMatch(/\u001b/);
    expect(output.trimEnd().split('\n')).toHaveLength(3);
    expect(output).toContain(`${'x'.repeat(37)}...`);
  });

  it('prints rows as JSON lines have them: times in ISO 8601, infinite numbers as texts', async () => {
    const sql = `SELECT since, id = '8' AS is8, CASE id WHEN '007' THEN 'inf'::DOUBLE WHEN '8' THEN
      '-inf'::DOUBLE ELSE 'nan'::DOUBLE END AS x FROM c ORDER BY id`;
    const { rows } = await runJson<{ rows: unknown[] }>(folder, ['data', 'query', sql, ...tables]);
    expect(rows).toEqual([
      { since: '2026-01-02T00:00:00.000Z', is8: false, x: 'Infinity' },
      { since: null, is8: true, x: '-Infinity' },
      { since: null, is8: false, x: null },
    ]);
    await run(folder, ['data', 'query', sql, ...tables, '-o', 'rows.jsonl']);
    const lines = readFileSync(join(folder, 'rows.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  });

  it('writes all rows to a file, in the format of its name', async () => {
    const args = ['data', 'query', joined, ...tables, '-o', 'out/joined.parquet'];
    expect((await run(folder, args)).output).toBe('Wrote 3 rows to out/joined.parquet.\n');
    expect(await runJson(folder, ['data', 'profile', 'out/joined.parquet'])).toMatchObject({
      rowCount: 3,
    });
    expect((await run(folder, args)).notes).toContain('CLI_FILE_EXISTS');
  });

  it('runs the configured query without one, and another one over the configured tables', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'configs'), { recursive: true });
    writeFileSync(
      join(project, 'configs/config.yaml'),
      'data: { query: SELECT max(price) AS most FROM p, tables: { p: ../plans.csv } }\n',
    );
    const configured = await runJson<{ rows: unknown[] }>(project, ['data', 'query']);
    expect(configured.rows).toEqual([{ most: 20.5 }]);
    const other = ['data', 'query', 'SELECT count(*) AS n FROM p'];
    expect(await runJson(project, other)).toMatchObject({ hasMore: false, rows: [{ n: 2 }] });
  });

  it('says nothing about the columns of another query than the configured one', async () => {
    const types = 'column_types: { plan: string }';
    writeFileSync(join(folder, 'typed.yaml'), `data: { ${types}, tables: { p: plans.csv } }\n`);
    const args = ['data', 'query', 'SELECT count(*) AS n FROM p', '-c', 'typed.yaml'];
    expect(await runJson(folder, args)).toMatchObject({ rows: [{ n: 2 }] });
  });

  it.each([
    ['there is no query', ['data', 'query'], 'RUNTIME_SETTING_MISSING'],
    ['there is no table', ['data', 'query', 'SELECT 1'], 'RUNTIME_SETTING_MISSING'],
    ['the query is wrong', ['data', 'query', 'SELEC 1', ...tables], 'DATA_QUERY_FAILED'],
    [
      'it wants another file',
      ['data', 'query', "SELECT * FROM 'plans.csv'", ...tables],
      'DATA_QUERY_FAILED',
    ],
    ['a table has no file', ['data', 'query', 'SELECT 1', '-t', 'p='], 'name=file'],
  ])('ends with code 2 where %s', async (_, args, said) => {
    const { exitCode, notes } = await run(folder, args);
    expect(exitCode).toBe(2);
    expect(notes).toContain(said);
  });
});
