import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataCheckReport } from '@gnu-mlops/preprocess';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  expect((await run(folder, ['data', 'create', '--rows', '300', '-o', 'churn.csv'])).exitCode).toBe(
    0,
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('data infer-checks', () => {
  it('proposes checks that the table passes, one a line', async () => {
    const inferred = await run(folder, ['data', 'infer-checks', 'churn.csv', '-o', 'checks.yaml']);
    expect(inferred.exitCode).toBe(0);
    expect(readFileSync(join(folder, 'checks.yaml'), 'utf8')).toMatch(
      /^ {2}- \{ check: kind, column: churn, kind: \w+, severity: fail \}$/m,
    );
    const checked = await run(folder, ['data', 'check', 'churn.csv', '--checks', 'checks.yaml']);
    expect(checked.output).toMatch(/^(\d+) of \1 checks passed on 300 rows\.$/m);
    const again = await run(folder, ['data', 'infer-checks', 'churn.csv', '-o', 'checks.yaml']);
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.notes).toContain('--force');
  });
});

describe('columns and values that no terminal and no YAML likes', () => {
  it('are proposed, checked and shown, one a line', async () => {
    const column = 'a, "b"\n\u001b[31m{c}: #d';
    const rows = ['- x', '\u001b[2Jgone', 'two\nlines, "quoted"', 'true', '# no comment'];
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const write = (file: string, cells: readonly string[]) =>
      writeFileSync(join(folder, file), [column, ...cells].map(quote).join('\n'));
    write('odd.csv', rows);
    write('odder.csv', [...rows, 'new\u001b[1m\nvalue']);
    await run(folder, ['data', 'infer-checks', 'odd.csv', '-o', 'odd.yaml']);
    const check = (file: string) => run(folder, ['data', 'check', file, '--checks', 'odd.yaml']);
    expect((await check('odd.csv')).output).toBe('4 of 4 checks passed on 5 rows.\n');

    const shown = [
      await check('odder.csv'),
      await run(folder, ['data', 'profile', 'odder.csv']),
      await run(folder, ['data', 'diff', 'odd.csv', 'odder.csv']),
    ].map(({ output }) => output);
    expect(shown.map((text) => text.trimEnd().split('\n').length)).toEqual([3, 4, 4]);
    for (const text of shown) expect(text).not.toMatch(/[\0-\x09\x0b-\x1f]/);
  });
});

describe('data check', () => {
  it('exits with 3 when a check with severity fail is broken, not for a warning', async () => {
    const broken = 'check: row_count, min: 1000';
    writeFileSync(join(folder, 'fail.yaml'), `- { ${broken} }\n`);
    writeFileSync(join(folder, 'warn.yaml'), `data: { checks: [{ ${broken}, severity: warn }] }\n`);
    const check = (file: string) => ['data', 'check', 'churn.csv', '--checks', file];

    const failed = await run(folder, check('fail.yaml'));
    expect(failed).toMatchObject({ exitCode: 3 });
    expect(failed.output).toContain('300 rows where at least 1000 are expected.');
    expect((await run(folder, check('warn.yaml'))).exitCode).toBe(0);
    const report = await runJson<DataCheckReport>(folder, check('warn.yaml'));
    expect(report).toMatchObject({ status: 'warn', rowCount: 300 });
  });

  it('writes a report as a page', async () => {
    writeFileSync(join(folder, 'one.yaml'), '- { check: row_count, min: 1 }\n');
    const args = ['data', 'check', 'churn.csv', '--checks', 'one.yaml', '--target', 'churn'];
    expect((await run(folder, [...args, '--html', 'out/report.html'])).exitCode).toBe(0);
    const page = readFileSync(join(folder, 'out/report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('1 of 1');
    expect((await run(folder, [...args, '--html', 'out/report.html'])).exitCode).toBe(2);
  });

  it('writes no report over its table, and says where there can be no folder', async () => {
    const before = readFileSync(join(folder, 'churn.csv'));
    const profile = ['data', 'profile', 'churn.csv', '--force', '--html'];
    expect((await run(folder, [...profile, './churn.csv'])).exitCode).toBe(2);
    expect(readFileSync(join(folder, 'churn.csv'))).toEqual(before);
    const inFile = await run(folder, [...profile, 'churn.csv/sub/page.html']);
    expect(inFile).toMatchObject({ exitCode: 2 });
    expect(inFile.notes).toContain('DATA_FOLDER_NOT_FOUND');
  });

  it('says what to do where there are no checks, or none that read', async () => {
    const none = await run(folder, ['data', 'check', 'churn.csv']);
    expect(none).toMatchObject({ exitCode: 2 });
    expect(none.notes).toContain('infer-checks');
    writeFileSync(join(folder, 'bad.yaml'), 'a: [');
    const bad = await run(folder, ['data', 'check', 'churn.csv', '--checks', 'bad.yaml']);
    expect(bad.notes).toContain('CLI_CHECKS_UNREADABLE');
    const gone = await run(folder, ['data', 'check', 'churn.csv', '--checks', 'gone.yaml']);
    expect(gone.notes).toContain('gone.yaml cannot be read as checks: there is no such file. Name');
    writeFileSync(join(folder, 'odd.yaml'), '- { check: ranges }\n');
    const odd = await run(folder, ['data', 'check', 'churn.csv', '--checks', 'odd.yaml']);
    expect(odd.notes).toContain('Did you mean "range"?');
  });

  it.each([
    ['- { check: expression, expression: "a >" }', 'x.yaml[0].expression: "a >" is no formula'],
    ['checks: [{ check: expression, expression: max() > 1 }]', 'x.yaml: checks[0].expression'],
    ['data: { checks: [{ check: ranges }] }', 'x.yaml: data.checks[0].check: it must be one of'],
    ['no: list', 'x.yaml: it must be an array'],
  ])('names the file and the place where a check does not read: %s', async (yaml, said) => {
    writeFileSync(join(folder, 'x.yaml'), yaml);
    const checked = await run(folder, ['data', 'check', 'churn.csv', '--checks', 'x.yaml']);
    expect(checked).toMatchObject({ exitCode: 2 });
    expect(checked.notes).toContain(said);
    writeFileSync(
      join(folder, 'config-x.yaml'),
      `data: { checks: [{ check: expression, expression: 3 > 2 }] }`,
    );
    const configured = await run(folder, ['data', 'check', 'churn.csv', '-c', 'config-x.yaml']);
    expect(configured.notes).toContain('data.checks[0].expression');
  });

  it('reads a table for the configured checks as the configuration says', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `0${row};${row % 3}\n`).join('');
    writeFileSync(join(folder, 'zips.csv'), `zip;stars\n${rows}a;b;c\n`);
    writeFileSync(
      join(folder, 'zips.yaml'),
      'data:\n  local_path: zips.csv\n  delimiter: ";"\n  ragged_rows: skip\n' +
        '  column_types: { stars: string }\n  checks:\n' +
        '    - { check: kind, column: stars, kind: categorical }\n    - { check: row_count, min: 60, max: 60 }\n',
    );
    const checked = await run(folder, ['data', 'check', 'zips.csv', '-c', 'zips.yaml']);
    expect(checked).toMatchObject({ exitCode: 0, output: '2 of 2 checks passed on 60 rows.\n' });
  });

  it('holds a training to the configured checks', async () => {
    writeFileSync(
      join(folder, 'config.yaml'),
      'data:\n  local_path: churn.csv\n  target: churn\n  checks:\n    - { check: row_count, min: 1000 }\n',
    );
    const trained = await run(folder, ['train', '-c', 'config.yaml']);
    expect(trained).toMatchObject({ exitCode: 3 });
    expect(trained.notes).toContain('300 rows where at least 1000 are expected.');
  });
});
