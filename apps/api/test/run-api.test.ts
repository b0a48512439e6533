import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runService, startService } from './start-service.ts';

const SEARCH = '/api/2.0/mlflow/experiments/search?max_results=1';

function withConfig(yaml: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'configs'));
  writeFileSync(join(folder, 'configs', 'config.yaml'), yaml);
  return folder;
}

/** Ask under a name of one's own, which `fetch` does not let one choose. */
async function statusAs(url: string, headers: Record<string, string>): Promise<number> {
  const asked = request(url, { headers });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

describe('the service', () => {
  it('serves what the configuration says, the environment over it, and ends with code 0', async () => {
    const folder = withConfig(
      'server: {port: 1, registry: "sqlite:///kept/runs.db", state: state}',
    );
    const { url, stop } = await startService(folder);
    expect((await fetch(url + SEARCH)).status).toBe(200);
    const { exitCode, log } = await stop();
    expect(exitCode).toBe(0);
    expect(log.map(({ msg }) => msg)).toEqual([
      ...['starting', 'ready', 'answered'],
      ...['stopping: requests that came are finished', 'ended'],
    ]);
    expect(log[1]).toMatchObject({
      level: 'info',
      registry: `sqlite:///${folder}/kept/runs.db`,
      isTokenRequired: false,
      auditFolder: join(folder, 'state', 'audit'),
    });
    expect(log[2]).toMatchObject({
      ...{ method: 'GET', route: '/api/2.0/mlflow/experiments/search' },
      ...{ status: 200, caller: 'local', address: '127.0.0.1' },
    });
  });

  it('shows its first token once, and not in the log', async () => {
    const folder = temporaryFolder();
    const env = { GNU_MLOPS_SERVER_HOST: '0.0.0.0' };
    const first = await startService(folder, env);
    const [token] = /gnu_mlops_\w{12}_[\w-]{43}/.exec(first.notices())!;
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(first.local + SEARCH, { headers })).status).toBe(200);
    const { logText, log } = await first.stop();
    expect(logText).not.toContain(token.slice(-43));
    expect(log.find(({ level }) => level === 'warn')).toMatchObject({ scope: 'admin' });
    const second = await startService(folder, env);
    expect(second.notices()).toBe('');
    expect((await fetch(second.local + SEARCH, { headers })).status).toBe(200);
  });

  it('lets nobody in but to its probes, which tell nothing, also not under another name', async () => {
    const { local } = await startService(temporaryFolder(), { GNU_MLOPS_SERVER_HOST: '0.0.0.0' });
    const stranger = { host: 'evil.example', origin: 'https://evil.example' };
    for (const probe of ['/health', '/health/live', '/health/ready']) {
      const answer = await fetch(local + probe);
      expect([answer.status, await answer.text()]).toEqual([200, 'OK']);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(await statusAs(local + probe, stranger)).toBe(200);
    }
    for (const path of ['/', '/health/', '/health/x', '/health/live/x', '/metrics', SEARCH]) {
      expect([path, (await fetch(local + path)).status]).toEqual([path, 401]);
      expect([path, await statusAs(local + path, stranger)]).toEqual([path, 403]);
    }
    for (const method of ['POST', 'DELETE', 'OPTIONS']) {
      expect((await fetch(`${local}/health/ready`, { method })).status).toBe(401);
    }
  });

  it('serves what another service keeps, which knows it by its own token', async () => {
    const behind = await startService(temporaryFolder(), { GNU_MLOPS_SERVER_ANONYMOUS: 'nobody' });
    const [token] = /gnu_mlops_\w{12}_[\w-]{43}/.exec(behind.notices())!;
    const { local, stop } = await startService(temporaryFolder(), {
      MLFLOW_TRACKING_URI: behind.url,
      MLFLOW_TRACKING_TOKEN: token,
    });
    expect((await fetch(`${local}/health/ready`)).status).toBe(200);
    const file = `${local}/api/2.0/mlflow-artifacts/artifacts/notes/a.txt`;
    expect((await fetch(file, { method: 'PUT', body: 'through both' })).status).toBe(200);
    expect(await (await fetch(file)).text()).toBe('through both');
    const { logText } = await stop();
    expect(logText).not.toContain(token.slice(-43));
  });

  it('is alive but not ready while the server behind it is down', async () => {
    const behind = createServer((_request, response) => response.destroy()).listen(0, '127.0.0.1');
    onTestFinished(() => void behind.close());
    await once(behind, 'listening');
    const { port } = behind.address() as AddressInfo;
    const { local } = await startService(temporaryFolder(), {
      MLFLOW_TRACKING_URI: `http://127.0.0.1:${port}`,
    });
    expect((await fetch(`${local}/health/live`)).status).toBe(200);
    const ready = await fetch(`${local}/health/ready`);
    expect([ready.status, await ready.text()]).toEqual([503, 'The registry does not answer.']);
  });

  it('logs what failed, without secrets', async () => {
    const behind = createServer((_request, response) => {
      response.writeHead(500).end('{"message": "hunter2-password was refused"}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void behind.close());
    await once(behind, 'listening');
    const { port } = behind.address() as AddressInfo;
    const { local, stop } = await startService(temporaryFolder(), {
      MLFLOW_TRACKING_URI: `http://127.0.0.1:${port}`,
      MLFLOW_TRACKING_USERNAME: 'ada',
      MLFLOW_TRACKING_PASSWORD: 'hunter2-password',
    });
    const answer = await fetch(local + SEARCH);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    const { log, logText } = await stop();
    expect(log.find(({ level }) => level === 'error')).toMatchObject({
      err: { code: 'REGISTRY_REMOTE_UNAVAILABLE' },
    });
    expect(logText).not.toContain('hunter2');
  });

  it('logs no more than it is told to', async () => {
    const env = { GNU_MLOPS_SERVER_PORT: '0', GNU_MLOPS_SERVER_LOG_LEVEL: 'error' };
    const folder = temporaryFolder();
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const port = String((taken.address() as AddressInfo).port);
    const { log, exitCode } = await runService(folder, { ...env, GNU_MLOPS_SERVER_PORT: port });
    expect(exitCode).toBe(2);
    expect(log).toMatchObject([{ level: 'fatal', err: { code: 'SERVER_LISTEN_FAILED' } }]);
  });
});

describe('a service that cannot start', () => {
  it.each([
    [{ GNU_MLOPS_SERVER_PROT: '1' }, 2, 'CONFIG_UNKNOWN_VARIABLE'],
    [{ GNU_MLOPS_SERVER_PORT: '70000' }, 2, 'CONFIG_INVALID_VALUE'],
    [{ GNU_MLOPS_SERVER_TLS_CERT: 'cert.pem' }, 2, 'RUNTIME_SERVER_SETTING'],
    [{ GNU_MLOPS_SERVER_HOST: '192.0.2.1' }, 2, 'SERVER_LISTEN_FAILED'],
    [{ MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000' }, 2, 'RUNTIME_SERVER_SETTING'],
    [{ MLFLOW_TRACKING_URI: 'mysql://x' }, 2, 'REGISTRY_URI_UNSUPPORTED'],
    [{ MLFLOW_TRACKING_URI: 'databricks', HOME: '/nowhere' }, 2, 'RUNTIME_SETTING_MISSING'],
    [{ MLFLOW_TRACKING_URI: 'sqlite:////proc/no/mlflow.db' }, 6, 'REGISTRY_STORE_UNAVAILABLE'],
  ])('with %j ends with code %i and says %s in one line', async (env, exitCode, code) => {
    const ended = await runService(temporaryFolder(), env);
    expect(ended.exitCode).toBe(exitCode);
    const last = ended.log.at(-1)!;
    expect(last).toMatchObject({ level: 'fatal', err: { code } });
    expect(last.msg).toContain(`[${code}]`);
  });

  it('ends with code 2 for a file that is not there, and for an option that is none', async () => {
    const missing = await runService(temporaryFolder(), {}, ['--config', 'no.yaml']);
    expect(missing).toMatchObject({ exitCode: 2, log: [{ level: 'fatal' }] });
    const unknown = await runService(temporaryFolder(), {}, ['--port', '1']);
    expect(unknown).toMatchObject({ exitCode: 2, logText: '' });
    expect(unknown.notices).toMatch(/^error: .*--port.* See --help\.\n$/);
  });
});

it('tells its version, and in its help how it is told what to do', async () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const cwd = temporaryFolder();
  const start = (arg: string) => startText(cwd, arg);
  expect(await start('--version')).toBe(`${version}\n`);
  expect(await start('--help')).toMatch(/GNU_MLOPS_SERVER_HOST/);
});

async function startText(cwd: string, arg: string): Promise<string> {
  const { runApi } = await import('../src/run-api.ts');
  let text = '';
  const exitCode = await runApi([arg], {
    ...{ cwd, env: {}, userId: 'tester', now: Date.now, signal: new AbortController().signal },
    writeLog: (line) => void (text += line),
    writeNotice: () => expect.unreachable(),
  });
  expect(exitCode).toBe(0);
  return text;
}
