import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import {
  ConfigFileNotFoundError,
  ConfigFileUnreadableError,
  configSchema,
  formatOrigin,
  loadConfig,
} from '../../src/config/config.ts';

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('loadConfig', () => {
  it('speaks by defaults alone where no file is, and says so', async () => {
    const loaded = await loadConfig({ cwd: temporaryFolder(), env: {} });
    expect(loaded.files).toEqual([]);
    expect(loaded.config).toEqual(configSchema.parse({}));
    expect(new Set(loaded.sources.map(({ origin }) => origin.kind))).toEqual(new Set(['default']));
  });

  it('merges config.local.yaml over config.yaml at every depth', async () => {
    const cwd = folderWith({
      'configs/config.yaml':
        'training:\n  test_size: 0.3\n  cv_folds: 3\nmodel:\n  hyperparameters: {a: 1, b: 2}\n' +
        'data:\n  features: [x, y, z]\n',
      'configs/config.local.yaml':
        'training:\n  cv_folds: 4\nmodel:\n  hyperparameters: {b: 3}\ndata:\n  features: [x]\n',
    });
    const { config, files } = await loadConfig({ cwd, env: {} });
    expect(files).toEqual(['configs/config.yaml', 'configs/config.local.yaml']);
    expect(config.training).toMatchObject({ test_size: 0.3, cv_folds: 4 });
    expect(config.model.hyperparameters).toEqual({ a: 1, b: 3 });
    expect(config.data.features).toEqual(['x']);
  });

  it('takes a key without a value in config.local.yaml back to its default', async () => {
    const cwd = folderWith({
      'configs/config.yaml': 'training:\n  cv_folds: 3\n',
      'configs/config.local.yaml': 'training:\n  cv_folds:\n',
    });
    const { config, sources } = await loadConfig({ cwd, env: {} });
    expect(config.training.cv_folds).toBe(5);
    expect(sources.find(({ path }) => path === 'training.cv_folds')!.origin.kind).toBe('default');
  });

  it('puts .env over the files and the real environment over .env', async () => {
    const cwd = folderWith({
      'configs/config.yaml': 'training:\n  cv_folds: 3\n  random_state: 1\n',
      '.env':
        '# local\nGNU_MLOPS_TRAINING_CV_FOLDS=4\nGNU_MLOPS_TRAINING_RANDOM_STATE="2"\n' +
        'GNU_MLOPS_DATA_TARGET=churn\nDATABRICKS_TOKEN=abc\n',
    });
    const env = { GNU_MLOPS_TRAINING_CV_FOLDS: '5', GNU_MLOPS_DATA_TARGET: '' };
    const { config, files } = await loadConfig({ cwd, env });
    expect(config.training).toMatchObject({ cv_folds: 5, random_state: 2 });
    expect(config.data).not.toHaveProperty('target');
    expect(config.databricks.token?.reveal()).toBe('abc');
    expect(files).toEqual(['configs/config.yaml', '.env']);
  });

  it('tells where each value comes from', async () => {
    const cwd = folderWith({
      'configs/config.yaml': 'training:\n  cv_folds: 3\n  test_size: 0.5\n',
      'configs/config.local.yaml': '\n\ntraining:\n  test_size: 0.4\n',
      '.env': 'DATABRICKS_TOKEN=abcdef\n',
    });
    const { sources } = await loadConfig({ cwd, env: { MLFLOW_TRACKING_URI: 'sqlite:///x.db' } });
    const told = Object.fromEntries(
      sources.map(({ path, value, origin }) => [path, [value, formatOrigin(origin)]]),
    );
    expect(told).toMatchObject({
      'training.cv_folds': [3, 'configs/config.yaml:2:3'],
      'training.test_size': [0.4, 'configs/config.local.yaml:4:3'],
      'training.random_state': [42, 'default'],
      'mlflow.tracking_uri': ['sqlite:///x.db', 'environment variable MLFLOW_TRACKING_URI'],
      'databricks.token': ['[redacted]', 'DATABRICKS_TOKEN in .env'],
      'model.hyperparameters': [{}, 'default'],
    });
  });

  it('finds the local file beside another path', async () => {
    const cwd = folderWith({
      'my.yml': 'training:\n  cv_folds: 3\n',
      'my.local.yml': 'training:\n  cv_folds: 4\n',
    });
    const { config } = await loadConfig({ cwd, path: 'my.yml', env: {} });
    expect(config.training.cv_folds).toBe(4);
  });

  it.each(['path', 'localPath', 'envPath'] as const)(
    'throws CONFIG_FILE_NOT_FOUND when %s is given and not there',
    async (option) => {
      const load = loadConfig({ cwd: temporaryFolder(), [option]: 'nowhere/c.yaml', env: {} });
      await expect(load).rejects.toThrow(ConfigFileNotFoundError);
      await expect(load).rejects.toThrow('"nowhere/c.yaml"');
    },
  );

  it('throws CONFIG_FILE_UNREADABLE for a folder and for bytes that are no text', async () => {
    const cwd = folderWith({
      'latin1.yaml': Uint8Array.of(0x61, 0x3a, 0x20, 0xe4),
    });
    const load = (path: string) => loadConfig({ cwd, path, env: {} });
    await expect(load('.')).rejects.toThrow(ConfigFileUnreadableError);
    await expect(load('latin1.yaml')).rejects.toThrow('it is not UTF-8');
  });

  it('names the file that is wrong', async () => {
    const cwd = folderWith({
      'configs/config.yaml': 'training:\n  cv_folds: 3\n',
      'configs/config.local.yaml': 'training:\n  cv_folds: three\n',
    });
    await expect(loadConfig({ cwd, env: {} })).rejects.toThrow(
      'configs/config.local.yaml:2:3: training.cv_folds is "three"',
    );
  });
});
