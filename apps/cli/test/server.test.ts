import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { formatServer } from '../src/render/server.ts';
import { createStyle } from '../src/render/style.ts';
import { runCli } from '../src/run-cli.ts';
import { run, runJson } from './run.ts';
import { createTestTerminal } from './test-terminal.ts';

interface ServerEvent {
  readonly event: 'token' | 'ready' | 'stopped';
  readonly url?: string;
  readonly token?: string;
  readonly isTokenRequired?: boolean;
}

/** `gnu-mlops server <args> --json`, until the test ends. */
async function startServer(cwd: string, ...args: string[]) {
  const interruption = new AbortController();
  const terminal = createTestTerminal(cwd, { signal: interruption.signal });
  const ended = runCli(['server', '--port', '0', '--json', ...args], terminal);
  onTestFinished(() => interruption.abort());
  const isReady = () => terminal.output().includes('"ready"');
  let exitCode: number | undefined;
  void ended.then((code) => (exitCode = code));
  while (!isReady() && exitCode === undefined) await setTimeout(10);
  if (!isReady()) throw new Error(`exit code ${exitCode}: ${terminal.notes()}`);
  const events = terminal
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ServerEvent);
  const stop = () => {
    interruption.abort();
    return ended;
  };
  const url = events.find(({ event }) => event === 'ready')!.url!;
  return { events, url, port: new URL(url).port, terminal, stop };
}

const EXPERIMENTS = '/api/2.0/mlflow/experiments/search?max_results=5';

async function statusOf(url: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(url, { headers })).status;
}

describe('server', () => {
  it('serves the configured registry on loopback without a token, until it is interrupted', async () => {
    const folder = temporaryFolder();
    const { url, events, stop, terminal } = await startServer(folder);
    expect(events).toMatchObject([{ event: 'ready', isTokenRequired: false, isNew: true }]);
    expect(await statusOf(`${url}/health`)).toBe(200);
    const created = await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"churn"}',
    });
    expect(created.status).toBe(200);
    expect(await stop()).toBe(0);
    const lines = terminal.output().trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as ServerEvent).event)).toEqual([
      'ready',
      'stopped',
    ]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    const again = await startServer(folder, '--registry', 'sqlite:///mlflow.db');
    expect(again.events).toMatchObject([{ event: 'ready', isNew: false }]);
    const found = await (await fetch(again.url + EXPERIMENTS)).json();
    expect(JSON.stringify(found)).toContain('"churn"');
  });

  it('makes a token for its first start where others reach it, and shows it once', async () => {
    const folder = temporaryFolder();
    const first = await startServer(folder, '--host', '0.0.0.0');
    expect(first.events).toMatchObject([
      { event: 'token' },
      { event: 'ready', isTokenRequired: true },
    ]);
    const { token } = first.events[0]!;
    const url = `http://127.0.0.1:${first.port}${EXPERIMENTS}`;
    expect(await statusOf(url)).toBe(401);
    expect(await statusOf(url, token)).toBe(200);
    await first.stop();
    const second = await startServer(folder, '--host', '0.0.0.0');
    expect(second.events.map(({ event }) => event)).toEqual(['ready']);
    expect(await statusOf(`http://127.0.0.1:${second.port}${EXPERIMENTS}`, token)).toBe(200);
    const files = ['tokens.jsonl', 'audit/audit.jsonl'];
    for (const file of files) {
      expect(readFileSync(join(folder, 'gnu-mlops-server', file), 'utf8')).not.toContain(
        token!.slice(-43),
      );
    }
  });

  it('takes from the configuration what no option says, as do commands about it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'configs'));
    writeFileSync(
      join(folder, 'configs', 'config.yaml'),
      'mlflow: {tracking_uri: "http://127.0.0.1:1"}\n' +
        'server: {registry: "sqlite:///runs.db", state: kept, anonymous: nobody, port: 1, audit: all}',
    );
    const token = await runJson<{ token: string }>(folder, [
      ...['server', 'tokens', 'create', '--name', 'ci', '--scope', 'read'],
    ]);
    const { events, url, stop } = await startServer(folder);
    expect(events).toMatchObject([
      { event: 'ready', isTokenRequired: true, registry: `sqlite:///${folder}/runs.db` },
    ]);
    expect(await statusOf(url + EXPERIMENTS)).toBe(401);
    expect(await statusOf(url + EXPERIMENTS, token.token)).toBe(200);
    expect(await stop()).toBe(0);
    const { entryCount } = await runJson<{ entryCount: number }>(folder, ['audit', 'verify']);
    // The token, the start, the refusal and, as all is told of, the reading.
    expect(entryCount).toBe(4);
    expect(existsSync(join(folder, 'kept', 'audit', 'audit.jsonl'))).toBe(true);
  });

  it('does not start where others reach it when every token was revoked', async () => {
    const folder = temporaryFolder();
    const { id } = await runJson<{ id: string }>(folder, [
      'server',
      'tokens',
      'create',
      '--name',
      'x',
    ]);
    await run(folder, ['server', 'tokens', 'revoke', id]);
    const { exitCode, notes } = await run(folder, ['server', '--host', '0.0.0.0', '--port', '0']);
    expect(exitCode).toBe(2);
    expect(notes).toContain('[SERVER_TOKEN_REQUIRED]');
  });

  it.each([
    { args: ['--cert', 'cert.pem'], code: 'RUNTIME_SERVER_SETTING' },
    { args: ['--cert', 'no.pem', '--key', 'no.pem'], code: 'RUNTIME_SERVER_SETTING' },
    { args: ['--registry', 'http://localhost:5000'], code: 'RUNTIME_SERVER_SETTING' },
    { args: ['--host', '192.0.2.1', '--port', '0'], code: 'SERVER_LISTEN_FAILED' },
    { args: ['--registry', 'mysql://x'], code: 'REGISTRY_URI_UNSUPPORTED' },
  ])('ends with code 2 and one line for $args', async ({ args, code }) => {
    const { exitCode, notes } = await run(temporaryFolder(), ['server', ...args]);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(new RegExp(`^error: .+\\[${code}\\]\\n$`));
  });

  it('says that the port is taken', async () => {
    const { port } = await startServer(temporaryFolder());
    const { exitCode, notes } = await run(temporaryFolder(), ['server', '--port', port]);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/^error: .*another program listens there.*\[SERVER_LISTEN_FAILED\]\n$/);
  });
});

describe('formatServer', () => {
  it.each([
    { url: 'http://localhost:5000', isTokenRequired: true, isWarned: true },
    { url: 'https://localhost:5000', isTokenRequired: true, isWarned: false },
    { url: 'http://127.0.0.1:5000', isTokenRequired: false, isWarned: false },
  ])('warns of tokens that anyone can read: $url, $isTokenRequired', (facts) => {
    const { isWarned, ...shown } = facts;
    const served = { registry: 'sqlite:///mlflow.db', isNew: false, auditFolder: null };
    const text = formatServer({ ...served, ...shown }, createStyle('plain'));
    expect(text.includes('unencrypted')).toBe(isWarned);
  });
});

describe('server tokens', () => {
  it('end, and are replaced, while the server runs', async () => {
    const folder = temporaryFolder();
    const { url } = await startServer(folder, '--host', '0.0.0.0');
    const asked = url.replace('localhost', '127.0.0.1') + EXPERIMENTS;
    const args = ['create', '--name', 'ci', '--scope', 'read', '--expires', '90d'];
    const old = await runJson<{ id: string; token: string }>(folder, ['server', 'tokens', ...args]);
    expect(await statusOf(asked, old.token)).toBe(200);
    const rotated = await runJson<{ id: string; token: string }>(folder, [
      ...['server', 'tokens', 'rotate', old.id],
    ]);
    expect(await statusOf(asked, old.token)).toBe(401);
    expect(await statusOf(asked, rotated.token)).toBe(200);
    expect((await run(folder, ['server', 'tokens', 'revoke', rotated.id])).exitCode).toBe(0);
    expect(await statusOf(asked, rotated.token)).toBe(401);
    const { output } = await run(folder, ['server', 'tokens', 'list']);
    expect(output).toMatch(/first +admin +valid/);
    expect(output.match(/ci +read +revoked/g)).toHaveLength(2);
    expect(output).not.toContain(rotated.token.slice(-43));
  });

  it('shows a new token once, with how long it is valid', async () => {
    const folder = temporaryFolder();
    const args = ['server', 'tokens', 'create', '--name', 'ci', '--expires', '12h'];
    const { output } = await run(folder, args);
    expect(output).toMatch(
      /scope write, valid to 2026-01-01 12:00 UTC.*\n\n {2}gnu_mlops_\w{12}_[\w-]{43}\n$/,
    );
  });

  it.each([
    { args: ['create'], says: /--name/ },
    { args: ['create', '--name', 'x', '--scope', 'root'], says: /read, write, admin/ },
    { args: ['create', '--name', 'x', '--expires', 'soon'], says: /90d/ },
    { args: ['create', '--name', ' '], says: /SERVER_TOKEN_INVALID/ },
  ])('ends with code 2 for $args', async ({ args, says }) => {
    const { exitCode, notes } = await run(temporaryFolder(), ['server', 'tokens', ...args]);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(says);
  });

  it('ends with code 5 for an id that no token has', async () => {
    const { exitCode, notes } = await run(temporaryFolder(), [
      'server',
      'tokens',
      'revoke',
      'nobody',
    ]);
    expect(exitCode).toBe(5);
    expect(notes).toContain('[SERVER_TOKEN_NOT_FOUND]');
  });
});

describe('audit verify', () => {
  it('finds the log of a server whole, and says with code 3 which line was changed', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b', 'c']) {
      await run(folder, ['server', 'tokens', 'create', '--name', name]);
    }
    const whole = await run(folder, ['audit', 'verify']);
    expect(whole.exitCode).toBe(0);
    expect(whole.output).toMatch(/^Whole: 3 entries in 1 file/);
    const [head] = /3:[0-9a-f]{64}/.exec(whole.output)!;
    expect((await run(folder, ['audit', 'verify', '--head', head])).exitCode).toBe(0);
    const path = join(folder, 'gnu-mlops-server', 'audit', 'audit.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"b"', '"name":"x"'));
    const changed = await run(folder, ['audit', 'verify']);
    expect(changed.exitCode).toBe(3);
    expect(changed.output).toContain('audit.jsonl:2  Entry 2 was changed after it was written.');
  });

  it('ends with code 2 where there is no log', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'));
    const { exitCode, notes } = await run(folder, ['audit', 'verify', 'empty']);
    expect(exitCode).toBe(2);
    expect(notes).toContain('[SERVER_AUDIT_NOT_FOUND]');
  });
});
