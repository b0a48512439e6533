import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import type { HttpRegistryOptions } from '../../src/http/http-options.ts';
import { answerWith, refuse } from './answer-with.ts';

const server = 'http://mlflow.example/prefix';
const run = { run: { info: { run_id: 'a1', start_time: '5', end_time: 7 }, data: {} } };
const busy = () => new Response('<h1>busy</h1>', { status: 503, headers: { 'retry-after': '0' } });
const reset = () => new TypeError('fetch failed', { cause: coded('ECONNRESET') });
const refused = () => new TypeError('fetch failed', { cause: coded('ECONNREFUSED') });

const open = (http: HttpRegistryOptions, uri = server) =>
  openRegistry(uri, { http: { random: () => 0, ...http } });

it('asks below the prefix and sends nothing before it is used', async () => {
  const { fetch, seen } = answerWith(Response.json(run));
  const registry = await open({ fetch }, `${server}/`);
  expect(seen).toHaveLength(0);
  expect(await registry.getRun('a1')).toMatchObject({ startTime: 5, endTime: 7 });
  expect(seen[0]).toMatchObject({
    method: 'GET',
    url: `${server}/api/2.0/mlflow/runs/get?run_id=a1`,
  });
  expect(seen[0]!.headers.get('authorization')).toBeNull();
});

describe('credentials', () => {
  it.each([
    [{ username: 'ada', password: 'é:1' }, `Basic ${Buffer.from('ada:é:1').toString('base64')}`],
    [{ token: 't0p' }, 'Bearer t0p'],
    [{ token: 't0p', username: 'ada', password: 'x' }, 'Basic YWRhOng='],
  ])('are sent with every request: %j', async (credentials, header) => {
    const { fetch, seen } = answerWith(Response.json(run));
    await (await open({ fetch, ...credentials })).getRun('a1');
    expect(seen[0]!.headers.get('authorization')).toBe(header);
  });

  it('may stand in the address, and show in neither URI nor error', async () => {
    const { fetch, seen } = answerWith(new Response('', { status: 401 }));
    const registry = await open({ fetch }, 'https://ada:s%40cret@mlflow.example');
    expect(registry.uri).toBe('https://mlflow.example');
    const error = await registry.getRun('a1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'REGISTRY_REMOTE_DENIED', status: 401 });
    expect(String(error)).not.toMatch(/s@cret|s%40cret|ada/);
    expect(seen[0]!.headers.get('authorization')).toBe('Basic YWRhOnNAY3JldA==');
    expect(seen[0]!.url).not.toContain('ada');
  });
});

it.each(['s3cret\nmore', 's3cret\u200b', 's3cret\0'])(
  'refuses a token that no request can carry, without repeating it: %j',
  async (token) => {
    const { fetch, seen } = answerWith(Response.json(run));
    const error = await open({ fetch, token }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'REGISTRY_VALUE_INVALID', subject: 'token' });
    expect(String(error)).not.toContain('s3cret');
    expect(seen).toHaveLength(0);
  },
);

it('takes a token as a file holds it, with a line break at its end', async () => {
  const { fetch, seen } = answerWith(Response.json(run));
  await (await open({ fetch, token: 't0p\n' })).getRun('a1');
  expect(seen[0]!.headers.get('authorization')).toBe('Bearer t0p');
});

describe('a request that may arrive twice', () => {
  it('is sent again after an answer that passes, and after a lost connection', async () => {
    const { fetch, seen } = answerWith(busy(), reset(), Response.json({}));
    await (await open({ fetch })).logBatch('a1', { tags: { a: 'b' } });
    expect(seen).toHaveLength(3);
    expect(seen[2]!.body).toBe('{"run_id":"a1","tags":[{"key":"a","value":"b"}]}');
  });

  it('is given up after as many attempts as were asked for, with the last reason', async () => {
    const { fetch, seen } = answerWith(busy());
    const registry = await open({ fetch, maxAttempts: 2 });
    await expectCode(registry.getRun('a1'), 'REGISTRY_REMOTE_UNAVAILABLE', /503.*busy/);
    expect(seen).toHaveLength(2);
  });
});

describe('a request that makes something new', () => {
  const start = { experimentId: '0', startTime: 1 };

  it.each([
    ['a lost connection', reset()],
    ['a failure', new Response('', { status: 502 })],
  ])('is not sent again after %s, as it may have been made', async (_what, answer) => {
    const { fetch, seen } = answerWith(answer);
    await expectCode((await open({ fetch })).createRun(start), 'REGISTRY_REMOTE_UNAVAILABLE');
    expect(seen).toHaveLength(1);
  });

  it('is sent again when the server cannot have seen it, or turned it away', async () => {
    const many = new Response('', { status: 429, headers: { 'retry-after': '0' } });
    const { fetch, seen } = answerWith(refused(), many, Response.json(run));
    expect((await (await open({ fetch })).createRun(start)).runId).toBe('a1');
    expect(seen).toHaveLength(3);
  });
});

it('passes on what the server says when it refuses', async () => {
  const { fetch } = answerWith(refuse(400, 'INVALID_PARAMETER_VALUE', 'no such colour'));
  const registry = await open({ fetch });
  await expectCode(
    registry.searchExperiments(),
    'REGISTRY_REMOTE_REFUSED',
    /experiments\/search.*400 INVALID_PARAMETER_VALUE.*no such colour/,
  );
});

it('throws REGISTRY_OPERATION_UNSUPPORTED where the server says that it does not offer it', async () => {
  const { fetch, seen } = answerWith(refuse(501, 'NOT_IMPLEMENTED', 'Use the other one.'));
  const registry = await open({ fetch });
  await expectCode(
    registry.findLatestVersions('m'),
    'REGISTRY_OPERATION_UNSUPPORTED',
    /get-latest-versions.*Use the other one/,
  );
  expect(seen).toHaveLength(1);
});

it.each([
  ['a page', new Response('<html></html>')],
  ['a list', Response.json([])],
  [
    'a redirection',
    new Response('', { status: 302, headers: { location: 'http://evil.example' } }),
  ],
])('throws REGISTRY_REMOTE_ANSWER for %s', async (_what, answer) => {
  const { fetch, seen } = answerWith(answer);
  await expectCode((await open({ fetch })).getRun('a1'), 'REGISTRY_REMOTE_ANSWER', server);
  expect(seen).toHaveLength(1);
});

it('throws REGISTRY_REMOTE_ANSWER where something else answers, be it with JSON', async () => {
  for (const answer of [Response.json({ status: 'ok' }), new Response('')]) {
    const registry = await open({ fetch: answerWith(answer).fetch });
    for (const ask of [
      () => registry.getRun('a1'),
      () => registry.createRun({ experimentId: '0', startTime: 1 }),
      () => registry.getExperiment('0'),
      () => registry.findRegisteredModel('m'),
      () => registry.getModelVersion('m', '1'),
      () => registry.getLoggedModel(`m-${'a'.repeat(32)}`),
    ]) {
      await expectCode(ask(), 'REGISTRY_REMOTE_ANSWER', /answer without "/);
    }
  }
});

it('stops when it is told to, also between attempts', async () => {
  const controller = new AbortController();
  const late = new Response('', { status: 503, headers: { 'retry-after': '30' } });
  const { fetch, seen } = answerWith(late);
  const registry = await open({ fetch, signal: controller.signal });
  const asked = registry.getRun('a1');
  setTimeout(() => controller.abort(new Error('enough')), 20);
  await expect(asked).rejects.toThrow('enough');
  expect(seen).toHaveLength(1);
});

it('gives up a server that does not answer in time', async () => {
  const registry = await open({
    timeoutMs: 20,
    maxAttempts: 1,
    fetch: (_input, init) =>
      new Promise((_resolve, reject) => {
        const fail = () => reject(init!.signal!.reason as Error);
        init!.signal!.addEventListener('abort', fail, { once: true });
      }),
  });
  await expectCode(registry.getRun('a1'), 'REGISTRY_REMOTE_UNAVAILABLE', /in time/);
});

it('rejects with REGISTRY_CLOSED after it was closed', async () => {
  const { fetch, seen } = answerWith(Response.json(run));
  const registry = await open({ fetch });
  await registry.close();
  await expectCode(registry.getRun('a1'), 'REGISTRY_CLOSED');
  expect(seen).toHaveLength(0);
});

it('sends no credentials to where an artifact location leads', async () => {
  for (const artifact_uri of [
    'mlflow-artifacts://evil.example/0/a1/artifacts',
    'https://evil.example/api/2.0/mlflow-artifacts/artifacts/0',
    `${server}.evil.example/api/2.0/mlflow-artifacts/artifacts/0`,
    's3://bucket/0/a1/artifacts',
    '/var/mlruns/0/a1/artifacts',
    'file:///var/mlruns/0/a1/artifacts',
  ]) {
    const info = { run_id: 'a1', artifact_uri };
    const { fetch, seen } = answerWith(Response.json({ run: { info } }));
    const registry = await open({ fetch, token: 'secret' });
    await expectCode(registry.downloadArtifact('a1', 'x'), 'REGISTRY_ARTIFACT_LOCATION');
    await expectCode(
      registry.uploadArtifact('a1', 'x', new Uint8Array(1)),
      'REGISTRY_ARTIFACT_LOCATION',
    );
    expect(seen.every(({ url }) => url.startsWith(`${server}/`))).toBe(true);
  }
});

it('splits a batch that is too large for one request, parameters first', async () => {
  const { fetch, seen } = answerWith(Response.json({}));
  const tags = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`t${i}`, '漢'.repeat(8000)]),
  );
  await (await open({ fetch })).logBatch('a1', { params: { depth: '3' }, tags });
  expect(seen).toHaveLength(3);
  expect(JSON.parse(seen[0]!.body)).toMatchObject({ params: [{ key: 'depth', value: '3' }] });
  for (const { body } of seen) expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  const sent = seen.flatMap(({ body }) => (JSON.parse(body) as { tags: unknown[] }).tags);
  expect(sent).toHaveLength(100);
});

it('takes no parameter of its own objects for one that was written', async () => {
  const modelId = `m-${'a'.repeat(32)}`;
  const model = { model: { info: { model_id: modelId }, data: {} } };
  const { fetch, seen } = answerWith(Response.json(model));
  const params = JSON.parse('{"constructor":"a","__proto__":"b"}') as Record<string, string>;
  await (await open({ fetch })).logLoggedModelParams(modelId, params);
  expect(seen[1]!.body).toContain('"constructor","value":"a"');
  expect(seen[1]!.body).toContain('"__proto__","value":"b"');
});

it('writes NaN and infinities as texts', async () => {
  const { fetch, seen } = answerWith(Response.json({}));
  const point = { timestamp: 1, step: 0 };
  await (
    await open({ fetch })
  ).logBatch('a1', {
    metrics: [
      { key: 'n', value: NaN, ...point },
      { key: 'i', value: -Infinity, ...point },
    ],
  });
  expect(seen[0]!.body).toContain('"value":"NaN"');
  expect(seen[0]!.body).toContain('"value":"-Infinity"');
});

it('reads the largest number as the infinity that MLflow keeps by it', async () => {
  const metrics = [
    { key: 'down', value: -Number.MAX_VALUE },
    { key: 'large', value: 1e308 },
    { key: 'up', value: Number.MAX_VALUE },
  ];
  const { fetch } = answerWith(
    Response.json({ run: { info: { run_id: 'a1' }, data: { metrics } } }),
  );
  const { metrics: read } = await (await open({ fetch })).getRun('a1');
  expect(read).toEqual({ down: -Infinity, large: 1e308, up: Infinity });
});

it('reads a history that comes whole, however long it is', async () => {
  const length = 200_000;
  const metrics = Array.from({ length }, (_, i) => ({ key: 'm', value: i, timestamp: i, step: i }));
  const { fetch } = answerWith(Response.json({ metrics }));
  const history = await (await open({ fetch })).getMetricHistory('a1', 'm');
  expect(history).toHaveLength(length);
  expect(history.at(-1)).toMatchObject({ value: length - 1 });
});

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
