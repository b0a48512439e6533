import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  OBJECT_BUCKET,
  type ObjectServer,
  startObjectServer,
  startWorkspaceDouble,
} from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

let folder: string;
let server: ObjectServer;
const at = (key: string) => `s3://${OBJECT_BUCKET}/${key}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  server = await startObjectServer();
  mkdirSync(join(folder, 'configs'));
  const s3 = `s3: { endpoint: "${server.endpoint}", anonymous: true }\n`;
  const data = 'data: { temporary_folder: copies }\n';
  writeFileSync(join(folder, 'configs/config.yaml'), s3 + data);
  mkdirSync(join(folder, 'copies'));
  await run(folder, ['data', 'create', '--rows', '300', '-o', 'churn.csv']);
  await run(folder, ['recipe', 'fit', 'churn.csv', '--target', 'churn', '-o', 'r.json']);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const transform = ['recipe', 'transform', 'churn.csv', '-r', 'r.json', '--keep', 'churn', '-o'];

describe('recipe transform to S3', () => {
  it('writes an object, replaces none unasked, and can be asked', async () => {
    const uri = at('features/one.parquet');
    expect(await run(folder, [...transform, uri])).toMatchObject({ exitCode: 0 });
    const written = server.objects.get('features/one.parquet')!;
    const again = await run(folder, [...transform, uri]);
    expect(again).toMatchObject({ exitCode: 2 });
    expect(again.notes).toContain('CLI_FILE_EXISTS');
    server.objects.set('features/one.parquet', Buffer.from('old'));
    expect(await run(folder, [...transform, uri, '--force'])).toMatchObject({ exitCode: 0 });
    expect(server.objects.get('features/one.parquet')!.equals(written)).toBe(true);
  });

  it('writes nothing where it fails, and says why', async () => {
    const unknown = await run(folder, [...transform, at('features')]);
    expect(unknown.notes).toContain('DATA_FORMAT_UNKNOWN');
    server.refuse = ({ method }) => (method === 'PUT' ? 403 : undefined);
    const refused = await run(folder, [...transform, at('refused.csv')]);
    server.refuse = () => undefined;
    expect(refused.exitCode).not.toBe(0);
    expect(refused.notes).toContain('DATA_S3_FORBIDDEN');
    expect(server.objects.has('refused.csv')).toBe(false);
  });

  it('ends with code 130 when it is interrupted, and writes nothing', async () => {
    const ending = new AbortController();
    const signal = ending.signal;
    server.refuse = () => void ending.abort(new Error('interrupted'));
    const interrupted = await run(folder, [...transform, at('interrupted.csv')], { signal });
    server.refuse = () => undefined;
    expect(interrupted.exitCode).toBe(130);
    expect(server.objects.has('interrupted.csv')).toBe(false);
  });
});

describe('a recipe in S3', () => {
  const uri = at('recipes/churn.json');

  it('is written, replaced when asked, and applied', async () => {
    const fit = ['recipe', 'fit', 'churn.csv', '--target', 'churn', '-o', uri];
    expect(await run(folder, fit)).toMatchObject({ exitCode: 0 });
    expect((await run(folder, fit)).notes).toContain('CLI_FILE_EXISTS');
    expect(await run(folder, [...fit, '--force'])).toMatchObject({ exitCode: 0 });
    const local = readFileSync(join(folder, 'r.json'));
    expect(server.objects.get('recipes/churn.json')!.equals(local)).toBe(true);
    const apply = ['recipe', 'transform', 'churn.csv', '-r', uri, '-o', 'from-s3.csv'];
    expect(await run(folder, apply)).toMatchObject({ exitCode: 0 });
    expect(readdirSync(folder).filter((name) => name.startsWith('s3:'))).toEqual([]);
  });

  it('is said to be missing where it is', async () => {
    const apply = ['recipe', 'transform', 'churn.csv', '-r', at('no.json'), '-o', 'x.csv'];
    const { exitCode, notes } = await run(folder, apply);
    expect(exitCode).not.toBe(0);
    expect(notes).toContain('DATA_S3_NOT_FOUND');
  });
});

describe('a workspace', () => {
  it('takes recipes and features in DBFS and volumes, and gives them back', async () => {
    const double = await startWorkspaceDouble();
    const env = { HOME: folder, DATABRICKS_HOST: double.host, DATABRICKS_TOKEN: 'good' };
    const inWorkspace = (args: readonly string[]) => run(folder, args, { env });
    const recipe = 'dbfs:/recipes/churn.json';
    const features = 'dbfs:/Volumes/main/default/files/features.csv';
    await inWorkspace(['recipe', 'fit', 'churn.csv', '--target', 'churn', '-o', recipe]);
    const apply = ['recipe', 'transform', 'churn.csv', '-r', recipe, '-o'];
    for (const uri of [features, 'dbfs:/out/features.parquet']) {
      expect(await inWorkspace([...apply, uri])).toMatchObject({ exitCode: 0, notes: '' });
      expect((await inWorkspace([...apply, uri])).notes).toContain('CLI_FILE_EXISTS');
    }
    const tables = ['-t', `v=${features}`, '-t', 'd=dbfs:/out/features.parquet'];
    const sql = 'SELECT count(*) AS rows FROM v SEMI JOIN d USING (tenure_months)';
    const query = ['data', 'query', sql, ...tables, '-o', 'dbfs:/out/rows.jsonl'];
    expect(await inWorkspace(query)).toMatchObject({ exitCode: 0, notes: '' });
    expect(double.files.get('dbfs:/out/rows.jsonl')!.toString()).toBe('{"rows":300}\n');
    await double.close();
  });
});

it('trains on a file of the workspace that a profile names', async () => {
  const double = await startWorkspaceDouble();
  const profile = `[DEFAULT]\nhost = ${double.host}\ntoken = good\n`;
  writeFileSync(join(folder, '.databrickscfg'), profile);
  double.files.set('dbfs:/rows/churn.csv', readFileSync(join(folder, 'churn.csv')));
  const args = ['train', '--data', 'dbfs:/rows/churn.csv', '--target', 'churn'];
  const trained = await run(folder, [...args, '--algorithm', 'logistic_regression'], {
    env: { HOME: folder },
  });
  rmSync(join(folder, '.databrickscfg'));
  await double.close();
  expect(trained).toMatchObject({ exitCode: 0 });
});

it.each([
  ['data', 'profile'],
  ['data', 'check', '--checks', 'checks.yaml'],
  ['data', 'infer-checks'],
  ['data', 'diff', 'churn.csv'],
  ['predict', '--version', '1', '--input'],
])('%s %s says that it reads files of this machine only', async (...command) => {
  writeFileSync(join(folder, 'checks.yaml'), 'checks: []\n');
  for (const place of [at('a.csv'), 'dbfs:/Volumes/main/default/files/a.csv']) {
    const { exitCode, notes } = await run(folder, [...command, place]);
    expect(exitCode).toBe(2);
    expect(notes).toContain(`${place} is no file of this machine`);
  }
});

it('data create refuses what is no file of this machine', async () => {
  for (const place of [at('a.csv'), 'dbfs:/a.csv']) {
    const { exitCode, notes } = await run(folder, ['data', 'create', '-o', place]);
    expect(exitCode).toBe(2);
    expect(notes).toContain('CLI_FILE_ELSEWHERE');
  }
});

describe('data query over S3', () => {
  it('joins objects, prefixes and files, and writes an object', async () => {
    for (const part of ['1.parquet', '2.parquet']) {
      await run(folder, [...transform, at(`parts/${part}`)]);
    }
    server.objects.set('plans.csv', Buffer.from('contract,price\nOne year,7\n'));
    const tables = ['-t', `f=${at('parts/')}`, '-t', `p=${at('plans.csv')}`, '-t', 'c=churn.csv'];
    const sql = 'SELECT (SELECT count(*) FROM f) AS f, (SELECT count(*) FROM c) AS c, price FROM p';
    const query = ['data', 'query', sql, ...tables];
    const shown = await runJson(folder, query);
    expect(shown).toEqual({
      columns: ['f', 'c', 'price'],
      rows: [{ f: 600, c: 300, price: 7 }],
      hasMore: false,
      skippedRowCount: 0,
    });
    const wrote = await run(folder, [...query, '-o', at('out/counts.jsonl')]);
    expect(wrote.output).toBe(`Wrote 1 row to ${at('out/counts.jsonl')}.\n`);
    const line = server.objects.get('out/counts.jsonl')!.toString();
    expect(JSON.parse(line)).toEqual({ f: 600, c: 300, price: 7 });
    expect(readdirSync(join(folder, 'copies'))).toEqual([]);
  });

  it('leaves no copy of what it fetched where the query fails', async () => {
    const tables = ['-t', `f=${at('parts/')}`];
    const failed = await run(folder, ['data', 'query', 'SELECT nothing FROM f', ...tables]);
    expect(failed.notes).toContain('DATA_QUERY_FAILED');
    const missing = await run(folder, ['data', 'query', 'SELECT 1', '-t', `f=${at('no.csv')}`]);
    expect(missing.notes).toContain('DATA_S3_NOT_FOUND');
    expect(readdirSync(join(folder, 'copies'))).toEqual([]);
  });
});

it.each([
  ['recipe transform', [...transform, 'dbfs:/tmp/a.csv']],
  ['data query', ['data', 'query', 'SELECT 1', '-t', 't=databricks:main.default.t']],
  ['train', ['train', '--data', 'databricks:main.default.t', '--target', 'churn']],
])('%s asks for the workspace of what lies in one', async (_, args) => {
  const { notes } = await run(folder, args, { env: { HOME: folder } });
  expect(notes).toContain('databricks.host');
});
