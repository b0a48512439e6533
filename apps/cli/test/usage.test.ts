import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

function configured(text: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'configs'));
  writeFileSync(join(folder, 'configs', 'config.yaml'), text);
  return folder;
}

function expectOneClearLine(notes: string): void {
  expect(notes).toMatch(/^error: .+\n$/);
  expect(notes.trim()).not.toContain('\n');
  expect(notes).not.toMatch(/\n\s+at /);
}

describe('a mistake on the command line', () => {
  it.each([
    { args: ['trian'], says: /unknown command 'trian'.*train/ },
    { args: ['train', '--tagret', 'x'], says: /unknown option '--tagret'.*--target/ },
    { args: ['data', 'create', '--rows', 'many', '-o', 'x.csv'], says: /whole number/ },
    { args: ['data', 'create', '--kind', 'churm', '-o', 'x.csv'], says: /churn/ },
    { args: ['data', 'create'], says: /--output/ },
    { args: ['train', '-p', 'depth'], says: /name=value/ },
    { args: ['deploy', 'production', '--skip-staging'], says: /--version/ },
  ])('$args ends with code 2 and one line', async ({ args, says }) => {
    const { exitCode, output, notes } = await run(temporaryFolder(), args);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
    expectOneClearLine(notes);
    expect(notes).toMatch(says);
  });

  it('asks for help with code 0', async () => {
    const { exitCode, output } = await run(temporaryFolder(), ['train', '--help']);
    expect(exitCode).toBe(0);
    expect(output).toContain('Examples:');
  });

  it('shows the commands when none is named', async () => {
    const { exitCode, output, notes } = await run(temporaryFolder(), []);
    expect(exitCode).toBe(2);
    expect(output + notes).toContain('quickstart');
  });
});

describe('a mistake in the configuration', () => {
  it.each([
    { fault: 'malformed YAML', text: 'mlflow:\n  model_name: [churn\n', says: /config\.yaml:[23]/ },
    {
      fault: 'an unknown key',
      text: 'training:\n  test_sise: 0.3\n',
      says: /config\.yaml:2.*test_sise.*test_size/,
    },
    {
      fault: 'a wrong type',
      text: 'training:\n  cv_folds: many\n',
      says: /config\.yaml:2.*cv_folds/,
    },
    {
      fault: 'a secret',
      text: 'databricks:\n  token: dapi-0123456789\n',
      says: /DATABRICKS_TOKEN/,
    },
  ])('$fault ends with code 2 and one line that says where', async ({ text, says }) => {
    const { exitCode, notes } = await run(configured(text), ['config', 'check']);
    expect(exitCode).toBe(2);
    expectOneClearLine(notes);
    expect(notes).toMatch(says);
    expect(notes).not.toContain('dapi-0123456789');
  });

  it('names a configuration file that is not there', async () => {
    const { exitCode, notes } = await run(temporaryFolder(), ['config', 'check', '-c', 'no.yaml']);
    expect(exitCode).toBe(2);
    expectOneClearLine(notes);
    expect(notes).toContain('no.yaml');
  });

  it('shows where every value comes from, and no secret', async () => {
    const folder = configured('training:\n  cv_folds: 7\n');
    const { output } = await run(folder, ['config', 'show'], {
      env: { DATABRICKS_TOKEN: 'dapi-0123456789', GNU_MLOPS_TRAINING_TEST_SIZE: '0.3' },
    });
    expect(output).toMatch(/training\.cv_folds\s+7\s+configs\/config\.yaml:2/);
    expect(output).toMatch(/training\.test_size\s+0\.3\s+.*GNU_MLOPS_TRAINING_TEST_SIZE/);
    expect(output).not.toContain('dapi-0123456789');
  });
});

describe('bad input', () => {
  it('names a table that is not there, and makes none up', async () => {
    const folder = temporaryFolder();
    const args = ['train', '--data', 'no.csv', '--target', 'y'];
    const { exitCode, notes } = await run(folder, args);
    expect(exitCode).toBe(3);
    expectOneClearLine(notes);
    expect(notes).toContain('no.csv');
  });

  it('names the nearest column when the target is not there', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), 'a,churn\n1,yes\n2,no\n');
    const args = ['train', '--data', 't.csv', '--target', 'churm'];
    const { exitCode, notes } = await run(folder, args);
    expect(exitCode).toBe(3);
    expect(notes).toMatch(/churm.*churn/);
  });

  it('never guesses a target', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 't.csv'), 'a,churn\n1,yes\n2,no\n');
    for (const command of ['train', 'quickstart']) {
      const { exitCode, notes } = await run(folder, [command, '--data', 't.csv']);
      expect(exitCode).toBe(2);
      expectOneClearLine(notes);
      expect(notes).toMatch(/target/);
    }
  });

  it('refuses to overwrite a file unless told', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.csv'), 'mine');
    const args = ['data', 'create', '--rows', '10', '-o', 'x.csv'];
    const refused = await run(folder, args);
    expect(refused.exitCode).toBe(2);
    expect(refused.notes).toContain('--force');
    expect((await run(folder, [...args, '--force'])).exitCode).toBe(0);
  });

  it('says that nothing is deployed with code 5', async () => {
    const { exitCode, notes } = await run(temporaryFolder(), ['predict', '--row', '{}']);
    expect(exitCode).toBe(5);
    expectOneClearLine(notes);
  });
});
