import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAuditLog, openTokenStore, startRegistryServer, verifyAudit } from '../../src/index.ts';

const python = process.env['GNU_MLOPS_INTEROP_PYTHON'];
const missing = whyNoMlflow();

function whyNoMlflow(): string {
  if (python === undefined) return ' (set GNU_MLOPS_INTEROP_PYTHON to a Python that has mlflow)';
  const find = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("mlflow") is None)';
  try {
    execFileSync(python, ['-c', find], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (the Python of GNU_MLOPS_INTEROP_PYTHON has no mlflow, or does not start)';
  }
}

async function startGuarded() {
  const folder = temporaryFolder();
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`);
  const tokens = openTokenStore(join(folder, 'tokens.jsonl'));
  tokens.create({ name: 'first', scope: 'admin' });
  const log = openAuditLog(join(folder, 'audit'));
  const server = await startRegistryServer({
    registry,
    tokens,
    listen: { host: '127.0.0.1', port: 0 },
    withoutToken: 'nobody',
    audit: { log, scope: 'all' },
  });
  onTestFinished(async () => {
    await server.stop();
    log.close();
    await registry.close();
  });
  return { url: server.url, tokens, log };
}

interface Steps {
  readonly log: string;
  readonly read: unknown;
  readonly delete: string;
}

/** What MLflow's client can do with the credentials of an environment. */
async function useClient(url: string, credentials: Record<string, string>): Promise<Steps> {
  const script = fileURLToPath(new URL('./use_token.py', import.meta.url));
  const env = { PATH: process.env['PATH'], HOME: temporaryFolder(), MLFLOW_TRACKING_URI: url };
  const { stdout } = await promisify(execFile)(python!, [script], {
    env: { ...env, ...credentials },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Steps;
}

describe.skipIf(missing !== '')(`MLflow's Python client with a token${missing}`, () => {
  it('does all that its scope allows with MLFLOW_TRACKING_TOKEN, and is on record with it', async () => {
    const { url, tokens, log } = await startGuarded();
    const { token, text } = tokens.create({ name: 'training', scope: 'write' });
    const steps = await useClient(url, { MLFLOW_TRACKING_TOKEN: text });
    expect(steps.log).toMatch(/^[0-9a-f]{32}$/);
    expect(steps.read).toEqual(['3', 0.9, 'hello']);
    expect(steps.delete).toMatch(/PERMISSION_DENIED.*needs one of scope admin/);
    const found = await verifyAudit(log.folder);
    expect(found.problems).toEqual([]);
    const lines = readFileSync(join(log.folder, 'audit.jsonl'), 'utf8');
    expect(lines).toContain(`"actor":"token:${token.id}"`);
    expect(lines).toContain(`"run_id":"${steps.log}"`);
    expect(lines).not.toContain(text.slice(-43));
  });

  it('does so with the token as MLFLOW_TRACKING_PASSWORD of any user', async () => {
    const { url, tokens } = await startGuarded();
    const { text } = tokens.create({ name: 'admin', scope: 'admin' });
    const credentials = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: text };
    expect(await useClient(url, credentials)).toMatchObject({
      read: ['3', 0.9, 'hello'],
      delete: 'deleted',
    });
  });

  it('is told clearly with a token that may only read, or with none', async () => {
    const { url, tokens } = await startGuarded();
    const { text } = tokens.create({ name: 'reader', scope: 'read' });
    const reader = await useClient(url, { MLFLOW_TRACKING_TOKEN: text });
    expect(reader.log).toMatch(/PERMISSION_DENIED.*needs one of scope write/);
    expect(reader.read).toBe('none');
    const stranger = await useClient(url, {});
    expect(stranger.read).toMatch(/UNAUTHENTICATED|401/);
  });
});
