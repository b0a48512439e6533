import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisteredTuning } from '@gnu-mlops/pipeline';
import type { Run } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { ownerTags } from '../src/interrupted-runs.ts';
import { run, runJson } from './run.ts';

type Tuned = RegisteredTuning & { readonly version?: { readonly version: string } };

const config = `
mlflow: {gnu_mlflow_config: churn, model_name: churn}
model: {hyperparameters: {n_estimators: 5}}
training: {cv_folds: 3}
data: {local_path: churn.csv, target: churn}
tuning:
  trials: 8
  space:
    max_depth: {kind: int, low: 1, high: 6}
    max_features: {kind: float, low: 0.1, high: 1, scale: log}
`;

async function startProject(): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'configs'));
  writeFileSync(join(folder, 'configs', 'config.yaml'), config);
  expect((await run(folder, ['data', 'create', '--rows', '200', '-o', 'churn.csv'])).exitCode).toBe(
    0,
  );
  return folder;
}

describe('tune', () => {
  it('searches the configured space, shows the best trials and registers a version', async () => {
    const folder = await startProject();
    const { exitCode, output, notes } = await run(folder, ['tune']);
    expect({ exitCode, notes }).toMatchObject({ exitCode: 0 });
    expect(output).toMatch(/^8 trials: \d completed/);
    expect(output).toMatch(/trial +roc_auc +max_depth +max_features/);
    expect(output).toContain('Registered churn version 1');
    expect(notes).toMatch(/gnu-mlops tune --resume [0-9a-f]{32}/);
    expect(notes).toContain('search: 8 of 8');
  });

  it('prints one JSON document with every trial, and registers nothing when told so', async () => {
    const folder = await startProject();
    const tuned = await runJson<Tuned>(folder, [
      'tune',
      ...['--trials', '4', '--sampler', 'random', '--metric', 'log_loss', '--no-register'],
    ]);
    expect(tuned.trials).toHaveLength(4);
    expect(tuned).toMatchObject({ metric: 'log_loss', direction: 'minimize' });
    expect(tuned.version).toBeUndefined();
    const { runs } = await runJson<{ runs: Run[] }>(folder, ['runs', 'list', '--limit', '100']);
    expect(runs).toHaveLength(5);
  });

  it('says on all of its runs which process logs them', async () => {
    const folder = await startProject();
    await runJson<Tuned>(folder, ['tune', '--trials', '2']);
    const { runs } = await runJson<{ runs: Run[] }>(folder, ['runs', 'list']);
    expect(runs).toHaveLength(4);
    for (const { tags } of runs) expect(tags).toMatchObject(ownerTags());
    expect(Object.keys(ownerTags())).toHaveLength(process.platform === 'linux' ? 1 : 0);
  });

  it('does not search what -p fixes', async () => {
    const folder = await startProject();
    const search = ['tune', '--trials', '3', '-p', 'max_depth=2', '--no-register'];
    const { trials } = await runJson<Tuned>(folder, search);
    expect(trials.map(({ hyperparameters }) => Object.keys(hyperparameters))).toEqual(
      Array(3).fill(['max_features']),
    );
  });

  it('goes on after an interruption as if there had been none', async () => {
    const folder = await startProject();
    const whole = await runJson<Tuned>(folder, ['tune', '--no-register']);
    const controller = new AbortController();
    let notes = '';
    const interrupted = await run(folder, ['tune'], {
      signal: controller.signal,
      writeNote(text) {
        notes += text;
        if (/search: [3-9] of/.test(text)) controller.abort();
      },
    });
    expect(interrupted.exitCode).toBe(130);
    const runId = /--resume ([0-9a-f]+)/.exec(notes)![1]!;
    const resumed = await runJson<Tuned>(folder, ['tune', '--resume', runId]);
    expect(resumed.trials).toEqual(whole.trials);
    expect(resumed.run.runId).toBe(runId);
    expect(resumed.version!.version).toBe('1');
  });
});

describe('the line to go on with', () => {
  it('has all that was typed, so that it finds the same rows and search', async () => {
    const folder = temporaryFolder();
    const create = ['data', 'create', '--rows', '200', '-o', 'the churn.csv'];
    expect((await run(folder, create)).exitCode).toBe(0);
    const search = ['--trials', '4', '-p', 'n_estimators=5', '--no-register'];
    const table = ['--data', 'the churn.csv', '--target', 'churn'];
    const controller = new AbortController();
    let notes = '';
    const interrupted = await run(folder, ['tune', ...table, ...search], {
      signal: controller.signal,
      writeNote(text) {
        notes += text;
        if (/search: [1-3] of/.test(text)) controller.abort();
      },
    });
    expect(interrupted.exitCode).toBe(130);
    const [, line, runId] = /gnu-mlops (.+ --resume (\w+))$/m.exec(notes)!;
    expect(line).toBe(
      `tune --data 'the churn.csv' --target churn ${search.join(' ')} --resume ${runId}`,
    );

    const resumed = await run(folder, ['tune', ...table, ...search, '--resume', runId!]);

    expect(resumed.exitCode).toBe(0);
    expect(resumed.notes).toMatch(/^Going on after \d finished/m);
    expect(resumed.notes).toContain(line);
    const toRegister = line!.replace(' --no-register', '');
    expect(resumed.output).toContain(`To train with the best: gnu-mlops ${toRegister}\n`);
  });
});

describe('a mistake in a tuning', () => {
  it.each([
    { args: ['--sampler', 'tpee'], says: /tpe/, exitCode: 2 },
    { args: ['--trials', '0'], says: /at least 1/, exitCode: 2 },
    { args: ['--metric', 'rmse'], says: /roc_auc/, exitCode: 2 },
    { args: ['--resume', 'f'.repeat(32)], says: /f{32}/, exitCode: 5 },
  ])('$args ends with one line', async ({ args, says, exitCode }) => {
    const outcome = await run(await startProject(), ['tune', '--quiet', ...args]);
    expect(outcome).toMatchObject({ exitCode, output: '' });
    expect(outcome.notes).toMatch(/^error: .+\n$/);
    expect(outcome.notes).toMatch(says);
  });

  it('names the nearest hyperparameter for one that the algorithm does not have', async () => {
    const folder = await startProject();
    writeFileSync(join(folder, 'bad.yaml'), config.replace('max_depth', 'max_dept'));
    const outcome = await run(folder, ['tune', '-q', '-c', 'bad.yaml']);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.notes).toMatch(/max_dept.*max_depth/);
  });
});
