import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  // No delimiter stands alone in the header, so that none is found in it.
  writeFileSync(join(folder, 'odd.dat'), 'zip;a|b\n90210;1\n90211;2\n90212;x;3\n90213;4\n');
  writeFileSync(join(folder, 'tabs.csv'), 'zip;a\tb\n90210;1\t2\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reading = [
  ...['--format', 'csv', '--delimiter', ';', '--ragged-rows', 'skip'],
  ...['--column-type', 'zip=string'],
];

describe('options of reading', () => {
  it('are taken by every command that reads a table', async () => {
    const commands = [
      ['data', 'profile', 'odd.dat'],
      ['data', 'infer-checks', 'odd.dat', '-o', 'checks.yaml'],
      ['data', 'check', 'odd.dat', '--checks', 'checks.yaml'],
      ['data', 'diff', 'odd.dat', 'odd.dat'],
      ['data', 'query', 'SELECT * FROM t', '-t', 't=odd.dat'],
      ['recipe', 'fit', 'odd.dat', '-o', 'recipe.json', '--target', 'a|b'],
      ['recipe', 'transform', 'odd.dat', '-r', 'recipe.json', '-o', 'out.csv', '--keep', 'a|b'],
    ];
    for (const command of commands) {
      const { exitCode, notes } = await run(folder, [...command, ...reading]);
      const skipped = /^(Left out 1 row of .* with more or fewer cells than the header\.\n)+$/;
      expect([command, exitCode, notes]).toEqual([command, 0, expect.stringMatching(skipped)]);
    }
    const checks = readFileSync(join(folder, 'checks.yaml'), 'utf8');
    expect(checks).toContain('{ check: kind, column: zip, kind: categorical, severity: fail }');
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toMatch(/^a\|b,zip=90210,/);
  });

  it('tell how many rows were left out', async () => {
    const { output, notes } = await run(folder, ['data', 'profile', 'odd.dat', ...reading]);
    expect(output).toContain('3 rows, 2 columns');
    expect(notes).toBe('Left out 1 row of odd.dat with more or fewer cells than the header.\n');
    const args = ['data', 'query', 'SELECT * FROM t', '-t', 't=odd.dat', ...reading];
    expect(await runJson(folder, args)).toMatchObject({ skippedRowCount: 1 });
  });

  it('name a tab', async () => {
    const args = ['data', 'profile', 'tabs.csv', '--delimiter', '\\t'];
    const { columns } = await runJson<{ columns: { name: string }[] }>(folder, args);
    expect(columns.map(({ name }) => name)).toEqual(['zip;a', 'b']);
  });

  it('go over what the configuration says of the data', async () => {
    const checks = 'checks: [{ check: row_count, min: 3, max: 3 }]';
    const data = `data: { delimiter: "|", format: csv, ragged_rows: skip, ${checks} }\n`;
    writeFileSync(join(folder, 'config.yaml'), data);
    const check = ['data', 'check', 'odd.dat', '-c', 'config.yaml'];
    expect((await run(folder, check)).exitCode).toBe(3);
    expect((await run(folder, [...check, '--delimiter', ';'])).exitCode).toBe(0);
  });

  it.each([
    [['--delimiter', 'ab'], 'DATA_OPTION_INVALID'],
    [['--column-type', 'zip=text'], 'one of boolean, integer,'],
    [['--ragged-rows', 'drop'], 'error, skip'],
    [['--format', 'xlsx'], 'csv, jsonl, parquet, arrow'],
  ])('end with code 2 for %s', async (options, said) => {
    const { exitCode, notes } = await run(folder, ['data', 'profile', 'tabs.csv', ...options]);
    expect(exitCode).toBe(2);
    expect(notes).toContain(said);
  });
});
