import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuickstartResult } from '@gnu-mlops/pipeline';
import type { Run } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { ownerTags } from '../src/interrupted-runs.ts';
import { run, runJson } from './run.ts';

describe('gnu-mlops quickstart', () => {
  it('takes a made table to production, and a second run adds version 2 and keeps everything', async () => {
    const folder = temporaryFolder();
    const first = await runJson<QuickstartResult>(folder, ['quickstart']);
    expect(first.version.version).toBe('1');
    expect(first.staging.status).toBe('promoted');
    expect(first.production.status).toBe('promoted');
    expect(first.training.folds).toHaveLength(5);
    expect(first.training.metrics['accuracy']).toBeGreaterThanOrEqual(0.8);
    expect(first.predictions.map(({ form }) => form)).toEqual([
      'object',
      'array_of_objects',
      'columns_and_data',
    ]);
    expect(first.batch).toMatchObject({ scored: 2, failed: 0 });
    expect(existsSync(join(folder, 'mlflow.db'))).toBe(true);

    const second = await runJson<QuickstartResult>(folder, ['quickstart']);
    expect(second.version.version).toBe('2');
    expect(second.production.displacedVersion).toBe('1');
    expect(second.data.origin).toBe('found');
    expect(readdirSync(join(folder, 'batch', 'archive'))).toHaveLength(4);

    const { models } = await runJson<{ models: { aliases: unknown }[] }>(folder, [
      'models',
      'list',
    ]);
    expect(models[0]!.aliases).toEqual({ champion: '2', production: '2' });
  });

  it('writes scored files with every original column and three more', async () => {
    const folder = temporaryFolder();
    const { batch } = await runJson<QuickstartResult>(folder, ['quickstart', '--rows', '1000']);
    const file = batch!.files[0]!;
    const scored = readFileSync(file.output!, 'utf8').split('\n');
    const original = readFileSync(file.archivedTo!, 'utf8').split('\n');
    expect(scored[0]).toBe(`${original[0]},prediction,probability,prediction_timestamp`);
    expect(scored[1]!.startsWith(`${original[1]},`)).toBe(true);
    expect(scored[1]).toMatch(/,(Yes|No),[01](\.\d+)?,2026-01-01T00:00:0\d(\.\d+)?Z$/);
  });

  it('shows a person the seven steps, then what to type next', async () => {
    const folder = temporaryFolder();
    const { exitCode, output } = await run(folder, ['quickstart', '--rows', '1000']);
    expect(exitCode).toBe(0);
    for (let step = 1; step <= 7; step++) expect(output).toMatch(new RegExp(`^${step}  `, 'm'));
    expect(output).toContain('What to type next');
  });

  it('prints the summary alone under --quiet', async () => {
    const folder = temporaryFolder();
    const { output, notes } = await run(folder, ['quickstart', '--rows', '1000', '--quiet']);
    expect(notes).toBe('');
    expect(output).not.toContain('1  The table');
    expect(output).toContain('What to type next');
  });

  it('says on its run which process logs it', async () => {
    const folder = temporaryFolder();
    const { run: logged } = await runJson<QuickstartResult>(folder, ['quickstart']);
    const { run: found } = await runJson<{ run: Run }>(folder, ['runs', 'show', logged.runId]);
    expect(found.tags).toMatchObject(ownerTags());
    expect(Object.keys(ownerTags())).toHaveLength(process.platform === 'linux' ? 1 : 0);
  });

  it.each(['data', 'batch/input'])(
    'names the place where a file stands for its folder %s',
    async (name) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'batch'));
      writeFileSync(join(folder, name), '');
      const { exitCode, notes } = await run(folder, ['quickstart', '--rows', '1000', '--quiet']);
      expect(notes).toContain(`${join(folder, name)}/`);
      expect(notes).toContain('[DATA_FOLDER_NOT_FOUND]');
      expect(exitCode).toBe(2);
    },
  );

  it.each(['classification', 'regression'])('knows a sample of %s', async (kind) => {
    const args = ['quickstart', '--kind', kind, '--rows', '1000'];
    const result = await runJson<QuickstartResult>(temporaryFolder(), args);
    expect(result.version.modelName).toBe(kind);
    expect(result.production.status).toBe('promoted');
  });

  it('refuses a version below the gates with the figures, and code 4', async () => {
    const env = {
      GNU_MLOPS_DEPLOYMENT_THRESHOLDS_STAGING:
        '[{"metric":"accuracy","threshold":0.999,"direction":"at_least"}]',
    };
    const { exitCode, output } = await run(temporaryFolder(), ['quickstart', '--rows', '500'], {
      env,
    });
    expect(exitCode).toBe(4);
    expect(output).toMatch(/accuracy: 0\.\d+ >= 0\.9990/);
    expect(output).toContain('was refused');
  });

  it('says what to type next so that a shell takes it, from where the person is', async () => {
    const folder = temporaryFolder();
    const rows = Array.from(
      { length: 300 },
      (_, row) => `${row},O'Neil ${row % 3} $HOME,${row < 150 ? 'a' : 'b'}\n`,
    );
    writeFileSync(join(folder, "own's rows.csv"), `x,who,y\n${rows.join('')}`);
    const quickstart = ['quickstart', '--data', "own's rows.csv", '--target', 'y'];
    const { output } = await run(folder, [...quickstart, '--folder', 'all of it']);

    expect(output).toMatch(/^scored file +all of it\/batch\/output\//m);
    const typed = output.split('\n').filter((line) => /^ {2}(cd|gnu-mlops) /.test(line));
    const words = typed.map((line) =>
      execFileSync('sh', ['-c', `for word in ${line}; do echo "$word"; done`], {
        encoding: 'utf8',
        env: { ...process.env, HOME: '/home' },
      })
        .trimEnd()
        .split('\n'),
    );
    expect(words[0]).toEqual(['cd', 'all of it']);
    const predict = words.find(([, command]) => command === 'predict')!;
    expect((await run(join(folder, 'all of it'), predict.slice(1))).exitCode).toBe(0);
    expect(JSON.parse(predict.at(-1)!)).toMatchObject({
      who: expect.stringMatching(/^O'Neil \d \$HOME$/) as string,
    });
  });

  it('says how to train again where a version was refused: on its table, for its model', async () => {
    const folder = temporaryFolder();
    const env = {
      GNU_MLOPS_DEPLOYMENT_THRESHOLDS_STAGING:
        '[{"metric":"accuracy","threshold":0.999,"direction":"at_least"}]',
    };
    const quickstart = ['quickstart', '--kind', 'classification', '--rows', '300'];
    const { output } = await run(folder, quickstart, { env });
    const [, variable, line] = /^ {2}(\S+) gnu-mlops (train .*)$/m.exec(output)!;
    expect(variable).toBe('GNU_MLOPS_MLFLOW_MODEL_NAME=classification');
    const again = await run(folder, line!.split(' '), {
      env: { GNU_MLOPS_MLFLOW_MODEL_NAME: 'classification' },
    });
    expect(again.output).toContain('classification version 2');
  });
});
