import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseConfig } from '@gnu-mlops/core/config';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { loadServerConfig } from '../../src/server/load-server-config.ts';

function folderWith(file: string, text: string): string {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  return folder;
}

describe('the configuration of a server', () => {
  it('is that of the schema where nobody says anything', async () => {
    const { server, mlflow } = await loadServerConfig({ cwd: temporaryFolder(), env: {} });
    const schema = parseConfig('');
    expect(server).toEqual(schema.server);
    expect(mlflow.tracking_uri).toBe(schema.mlflow.tracking_uri);
  });

  it.each([
    ['configs/config.yaml', 'server: {port: 1}'],
    ['configs/config.local.yaml', 'server: {port: 1}'],
    ['.env', 'GNU_MLOPS_SERVER_PORT=1'],
  ])('is read from %s', async (file, text) => {
    const { server } = await loadServerConfig({ cwd: folderWith(file, text), env: {} });
    expect(server.port).toBe(1);
  });

  it('is read from a file that is named, and from the environment', async () => {
    const cwd = folderWith('mine.yaml', 'server: {host: "::1"}');
    const env = { GNU_MLOPS_SERVER_PORT: '7', MLFLOW_TRACKING_URI: 'http://a.example' };
    const named = await loadServerConfig({ cwd, env, path: 'mine.yaml' });
    expect(named.server).toMatchObject({ host: '::1', port: 7 });
    const { mlflow } = await loadServerConfig({
      cwd,
      env: { MLFLOW_TRACKING_URI: 'http://a.example' },
    });
    expect(mlflow.tracking_uri).toBe('http://a.example');
  });

  it('is an error where it is wrong', async () => {
    const cwd = folderWith('configs/config.yaml', 'server: {prot: 1}');
    await expectCode(loadServerConfig({ cwd, env: {} }), 'CONFIG_UNKNOWN_KEY', 'prot');
    const env = { GNU_MLOPS_SERVER_PORT: 'x' };
    const wrong = loadServerConfig({ cwd: temporaryFolder(), env });
    await expectCode(wrong, 'CONFIG_INVALID_VALUE', 'server.port');
  });
});
