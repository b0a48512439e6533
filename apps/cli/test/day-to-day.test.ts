import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchReport } from '@gnu-mlops/batch';
import type { DeploymentInfo, DeploymentPlan } from '@gnu-mlops/deployer';
import type { Run } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, runJson } from './run.ts';

interface Trained {
  readonly run: Run;
  readonly version: { readonly version: string };
}

/** A project with a sample table, made by `init` and `data create`. */
async function startProject(folder: string): Promise<void> {
  const init = ['init', '--name', 'churn', '--data', 'data/churn.csv', '--target', 'churn'];
  expect((await run(folder, init)).exitCode).toBe(0);
  const create = ['data', 'create', '--rows', '800', '-o', 'data/churn.csv'];
  expect((await run(folder, create)).exitCode).toBe(0);
}

const quickForest = ['-p', 'n_estimators=20'];

describe('init', () => {
  it('names the place where a file stands for a folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data'), '');
    const { exitCode, notes } = await run(folder, ['init']);
    expect(notes).toContain(`${join(folder, 'data')}/`);
    expect(notes).toContain('[DATA_FOLDER_NOT_FOUND]');
    expect(exitCode).toBe(2);
  });

  it('writes a configuration that is valid and commented, and overwrites nothing', async () => {
    const folder = temporaryFolder();
    await startProject(folder);
    expect((await run(folder, ['config', 'check'])).exitCode).toBe(0);
    const text = readFileSync(join(folder, 'configs', 'config.yaml'), 'utf8');
    expect(text).toContain('# yaml-language-server: $schema=./config.schema.json');
    expect(text).toMatch(/^ {2}target: churn$/m);
    expect((await run(folder, ['init'])).exitCode).toBe(2);
  });

  it('names files and next step as they are from where the person is', async () => {
    const folder = temporaryFolder();
    const init = ['init', 'my project', '--target', 'churn'];
    const { output } = await run(folder, init);
    expect(output).toMatch(/^Wrote my project\/configs\/config.yaml, /);
    expect(output).toMatch(/^Next: cd 'my project' && gnu-mlops train$/m);
    expect((await run(folder, init)).notes).toContain('my project/configs/config.yaml is there');
  });
});

describe('train', () => {
  it('calibrates, chooses a threshold, and says what both did', async () => {
    const folder = temporaryFolder();
    await startProject(folder);
    const decisions = ['--calibration', 'sigmoid', '--threshold', 'f1'];
    const { output, exitCode } = await run(folder, ['train', ...quickForest, ...decisions]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      /Calibration: sigmoid, fitted on 640 rows out of fold\. Held-out: Brier/,
    );
    expect(output).toMatch(
      /Threshold: ".+" from 0\.\d+ on, chosen on 640 rows out of fold \(f1 0\./,
    );
    expect(output).toMatch(/Next: gnu-mlops deploy staging$/m);
    const named = ['-c', 'configs/config.yaml'];
    const fixed = await run(folder, [...named, 'train', ...quickForest, '--threshold', '0.3']);
    expect(fixed.output).toMatch(/Next: gnu-mlops --config configs\/config.yaml deploy staging$/m);
    expect(fixed.output).toMatch(/Threshold: ".+" from 0\.3000 on, as given/);
    expect((await run(folder, ['train', '--threshold', '1.5'])).exitCode).not.toBe(0);
  });

  it('names the nearest column for one to split by that is not there', async () => {
    const folder = temporaryFolder();
    await startProject(folder);
    const { exitCode, notes } = await run(folder, ['train', '--group-column', 'custmer_id']);
    expect(exitCode).not.toBe(0);
    expect(notes).toContain('custmer_id');
  });
});

describe('data create', () => {
  it('writes the same bytes for the same seed, others for another', async () => {
    const folder = temporaryFolder();
    for (const [file, seed] of [
      ['a.csv', '1'],
      ['b.csv', '1'],
      ['c.csv', '2'],
    ] as const) {
      const args = ['data', 'create', '--rows', '50', '--seed', seed, '-o', `made/${file}`];
      expect((await run(folder, args)).exitCode).toBe(0);
    }
    const read = (file: string) => readFileSync(join(folder, 'made', file), 'utf8');
    expect(read('b.csv')).toBe(read('a.csv'));
    expect(read('c.csv')).not.toBe(read('a.csv'));
  });
});

describe('data profile', () => {
  it('tells kinds, missing cells and values', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), 'age,plan\n10,gold\n,gold\n30,basic\n');
    const { output } = await run(folder, ['data', 'profile', 't.csv']);
    expect(output).toMatch(/age +\w+ +1 \(33\.3 %\) +2 +10 to 30, mean 20/);
    expect(output).toMatch(/plan +categorical +- +2 +gold \(2\), basic \(1\)/);
  });
});

describe('data diff', () => {
  it('tells what changed between files of different formats, row by row with a key', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'old.csv'), 'id,age,plan\n1,10,gold\n2,,gold\n3,30,basic\n');
    writeFileSync(
      join(folder, 'new.jsonl'),
      '{"id":1,"age":12,"plan":"gold"}\n{"id":2,"age":null,"plan":"silver"}\n',
    );
    const { output } = await run(folder, ['data', 'diff', 'old.csv', 'new.jsonl', '--key', 'id']);
    expect(output).toContain('rows: 3 -> 2');
    expect(output).toContain('by key: 0 added, 1 removed, 2 of 2 changed');
    expect(output).toMatch(/plan .* 50\.0 % +new: silver; gone: basic/);
    const same = await run(folder, ['data', 'diff', 'old.csv', 'old.csv']);
    expect(same.output).toContain('The tables say the same: 3 rows');
  });

  it('shows the means of times as times', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'old.csv'), 'at,then\n2024-01-01,2024-01-01\n2024-01-03,\n');
    writeFileSync(join(folder, 'new.csv'), 'at,then\n2024-02-01,1\n2024-02-01,2\n');
    const { output } = await run(folder, ['data', 'diff', 'old.csv', 'new.csv']);
    expect(output).toMatch(/^at .* 2024-01-02 00:00:00Z -> 2024-02-01 00:00:00Z$/m);
    expect(output).toContain('type of then: datetime -> long');
  });
});

describe('from training to production and back', () => {
  let folder: string;
  let trained: Trained[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-cli-'));
    await startProject(folder);
    trained = [
      await runJson<Trained>(folder, ['train', ...quickForest]),
      await runJson<Trained>(folder, ['train', ...quickForest, '-p', 'max_depth=6']),
    ];
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('registers versions, promotes them through the gates and rolls back', async () => {
    expect(trained.map(({ version }) => version.version)).toEqual(['1', '2']);
    const early = await run(folder, ['deploy', 'production', '--version', '1']);
    expect(early.exitCode).toBe(4);
    expect(early.output).toContain('Promote it to Staging first');

    const dry = await runJson<{ entry: unknown }>(folder, ['deploy', 'staging', '--dry-run']);
    expect(dry.entry).toBeNull();
    for (const version of ['1', '2']) {
      const staging = ['deploy', 'staging', '--version', version];
      expect((await run(folder, staging)).exitCode).toBe(0);
      expect((await run(folder, ['deploy', 'production'])).exitCode).toBe(0);
    }
    const before = await runJson<DeploymentInfo>(folder, ['deploy', 'info']);
    expect(before).toMatchObject({ production: { version: '2' }, previous: '1' });

    const back = await runJson<{ plan: DeploymentPlan }>(folder, [
      'deploy',
      'rollback',
      '--reason',
      'drift',
    ]);
    expect(back.plan).toMatchObject({ action: 'rollback', version: '1' });
    const history = await run(folder, ['deploy', 'history', '--verify']);
    expect(history.exitCode).toBe(0);
    expect(history.output).toContain('The ledger is whole: 5 chained entries.');
    expect(history.output).toContain('drift');
    const at = await run(folder, ['deploy', 'history', '--at', '2026-01-01T00:00:00Z']);
    expect(at.output).toBe('1\n');
  });

  it('predicts rows from the line, from files and from standard input alike', async () => {
    await run(folder, ['deploy', 'staging', '--version', '2']);
    const csv = readFileSync(join(folder, 'data', 'churn.csv'), 'utf8').split('\n');
    writeFileSync(join(folder, 'rows.csv'), `${csv.slice(0, 4).join('\n')}\n`);
    const fromCsv = await runJson<{ predictions: unknown[] }>(folder, [
      'predict',
      '--version',
      '1',
      '--input',
      'rows.csv',
    ]);
    expect(fromCsv.predictions).toHaveLength(3);

    const columns = csv[0]!.split(',');
    const data = csv.slice(1, 4).map((line) => line.split(','));
    const rows = JSON.stringify({ columns, data });
    writeFileSync(join(folder, 'rows.json'), rows);
    const predict = ['predict', '--version', '1', '--json'];
    for (const outcome of [
      await run(folder, [...predict, '--input', 'rows.json']),
      await run(folder, [...predict, '--row', rows]),
      await run(folder, [...predict, '--input', '-'], { input: rows }),
    ]) {
      expect(JSON.parse(outcome.output)).toEqual(fromCsv);
    }

    const odd = [...csv.slice(0, 3), 'too,few', csv[3]!].map((line) => line.replaceAll(',', ';'));
    writeFileSync(join(folder, 'rows.txt'), `${odd.join('\n')}\n`);
    const reading = ['--format', 'csv', '--delimiter', ';', '--ragged-rows', 'skip'];
    const fromText = await run(folder, [...predict, '--input', 'rows.txt', ...reading]);
    expect(JSON.parse(fromText.output)).toEqual({ ...fromCsv, skippedRowCount: 1 });
    for (const from of [
      ['--input', '-'],
      ['--row', rows],
    ]) {
      const refused = await run(folder, [...predict, ...from, ...reading], { input: rows });
      expect([refused.exitCode, refused.notes]).toEqual([2, expect.stringMatching(/are JSON/)]);
    }
  });

  it('names the row and the column of a bad row', async () => {
    const { exitCode, notes } = await run(folder, [
      'predict',
      '--version',
      '1',
      '--row',
      '[{"tenure_months": "long"}]',
    ]);
    expect(exitCode).toBe(3);
    expect(notes).toMatch(/Row 1/);
  });

  it('scores waiting files; a bad one stays and does not stop the others', async () => {
    const csv = readFileSync(join(folder, 'data', 'churn.csv'), 'utf8');
    const inbox = join(folder, 'batch', 'input');
    mkdirSync(inbox, { recursive: true });
    writeFileSync(join(inbox, 'a-bad.csv'), 'this,is\nnot,it\n');
    writeFileSync(join(inbox, 'b-good.csv'), csv);
    await run(folder, ['deploy', 'production', '--version', '1', '--skip-staging']);
    const outcome = await run(folder, ['batch', 'run', '--json'], {
      now: () => Date.now() + 60_000,
    });
    expect(outcome.exitCode).toBe(3);
    const report = JSON.parse(outcome.output) as BatchReport;
    expect(report.files.map(({ file, status }) => `${file} ${status}`)).toEqual([
      'a-bad.csv failed',
      'b-good.csv scored',
    ]);
    expect(existsSync(join(inbox, 'a-bad.csv'))).toBe(true);
    expect(existsSync(join(inbox, 'b-good.csv'))).toBe(false);
  });

  it('lists, shows and compares runs', async () => {
    const ids = trained.map(({ run: { runId } }) => runId);
    const list = await run(folder, ['runs', 'list']);
    for (const id of ids) expect(list.output).toContain(id);
    const filtered = await runJson<{ runs: Run[] }>(folder, [
      'runs',
      'list',
      '--filter',
      "params.max_depth = '6'",
    ]);
    expect(filtered.runs.map(({ runId }) => runId)).toEqual([ids[1]]);
    const shown = await run(folder, ['runs', 'show', ids[0]!]);
    expect(shown.output).toContain('n_estimators');
    const compared = await run(folder, ['runs', 'compare', ...ids]);
    expect(compared.output).toMatch(/max_depth +10 +6/);
  });

  it('lists and shows models, and says which are not there', async () => {
    expect((await run(folder, ['models', 'list'])).output).toContain('churn');
    expect((await run(folder, ['models', 'show'])).output).toMatch(/version +stage/);
    const missing = await run(folder, ['models', 'show', 'nobody']);
    expect(missing.exitCode).toBe(5);
  });
});
