import { hostname, networkInterfaces } from 'node:os';
import { parseConfig } from '@gnu-mlops/core/config';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { checkNotItself } from '../../src/server/check-not-itself.ts';
import { serverPlace } from '../../src/server/server-place.ts';
import { type ServerOverrides, serverSettings } from '../../src/server/server-settings.ts';
import { serviceOptions } from '../../src/server/service-options.ts';

function settings(yaml: string, overrides: ServerOverrides = {}) {
  return serverSettings(parseConfig(yaml), overrides);
}

describe('serverSettings', () => {
  it('lets options go over the configuration, and the configuration over defaults', () => {
    const yaml = 'server: {host: "::1", port: 7, allowed_hosts: [a.example]}';
    expect(settings(yaml, { port: 8, host: undefined })).toMatchObject({
      ...{ host: '::1', port: 8, allowed_hosts: ['a.example'], rate_limit: 500 },
      registry: 'sqlite:///mlflow.db',
    });
  });

  it('serves its own registry rather than the one that clients are told', () => {
    const mlflow = 'mlflow: {tracking_uri: "http://a.example"}';
    expect(settings(mlflow).registry).toBe('http://a.example');
    const own = `${mlflow}\nserver: {registry: databricks}`;
    expect(settings(own).registry).toBe('databricks');
    expect(settings(own, { registry: 'sqlite:///x.db' }).registry).toBe('sqlite:///x.db');
  });
});

describe('serviceOptions', () => {
  it('turns units into those of the server', async () => {
    const yaml = 'server: {rate_limit: 20, max_upload_mb: 3, anonymous: nobody}';
    expect(await serviceOptions(settings(yaml), '/')).toEqual({
      listen: { host: '127.0.0.1', port: 5000 },
      withoutToken: 'nobody',
      allowedHosts: [],
      allowedOrigins: [],
      rateLimit: { perSecond: 20, burst: 200 },
      maxArtifactBytes: 3e6,
    });
    const open = await serviceOptions(settings('server: {host: 0.0.0.0, rate_limit: 0}'), '/');
    expect(open).toMatchObject({ rateLimit: 'off', allowedHosts: [hostname()] });
  });

  it.each(['{tls_cert: cert.pem}', '{tls_key: key.pem}', '{tls_cert: no.pem, tls_key: no.pem}'])(
    'throws RUNTIME_SERVER_SETTING for %s',
    async (server) => {
      const asked = serviceOptions(settings(`server: ${server}`), temporaryFolder());
      await expectCode(asked, 'RUNTIME_SERVER_SETTING', /certificate/);
    },
  );
});

describe('checkNotItself', () => {
  const listen = { host: '0.0.0.0', port: 5000 };
  const own = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .find(({ family }) => family === 'IPv4');

  it.each([
    ...['http://localhost:5000', 'http://127.0.0.1:5000/', 'http://[::1]:5000/api'],
    ...[
      `http://${hostname()}:5000`,
      'https://A.example:5000',
      `http://${own?.address ?? 'localhost'}:5000`,
    ],
  ])('finds that %s is the server itself', (uri) => {
    expect(() => checkNotItself({ listen, allowedHosts: ['a.example'] }, uri)).toThrow(
      expect.objectContaining({ code: 'RUNTIME_SERVER_SETTING' }),
    );
  });

  it.each([
    ...['http://localhost:5001', 'http://b.example:5000', 'http://localhost'],
    ...['sqlite:///mlflow.db', 'databricks', 'http://['],
  ])('lets %s be served', (uri) => {
    checkNotItself({ listen, allowedHosts: ['a.example'] }, uri);
  });

  it('knows the ports that go without saying', () => {
    const web = { listen: { host: '127.0.0.1', port: 443 }, allowedHosts: [] };
    expect(() => checkNotItself(web, 'https://localhost')).toThrow(/is the server itself/);
    checkNotItself(web, 'http://localhost');
  });
});

describe('serverPlace', () => {
  it.each([
    ['sqlite:///a/b.db', undefined, '/home/a/gnu-mlops-server'],
    ['sqlite:////data/b.db', undefined, '/data/gnu-mlops-server'],
    ['https://a.example', undefined, '/home/gnu-mlops-server'],
    ['sqlite:////data/b.db', 'state', '/home/state'],
    ['databricks', '/state', '/state'],
  ])('of %s with state %s is %s', (registry, state, folder) => {
    expect(serverPlace({ registry, state, cwd: '/home' })).toMatchObject({
      tokensPath: `${folder}/tokens.jsonl`,
      auditFolder: `${folder}/audit`,
    });
  });
});
