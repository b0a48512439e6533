import { expect, it } from 'vitest';
import { serveRegistry } from './serve-registry.ts';

it('says that it lives, and which version it is', async () => {
  const { get } = await serveRegistry();
  expect((await get('/health')).text).toBe('OK');
  expect((await get('/version')).text).toMatch(/^\d+\.\d+\.\d+/);
});

it('serves every endpoint below every prefix of the API', async () => {
  const { get } = await serveRegistry();
  for (const prefix of ['/api/2.0', '/api/3.0', '/ajax-api/2.0', '/ajax-api/3.0']) {
    const { json } = await get(`${prefix}/mlflow/experiments/get`, { experiment_id: '0' });
    expect(json).toMatchObject({ experiment: { name: 'Default' } });
  }
});

it('answers 404 ENDPOINT_NOT_FOUND to what it does not offer', async () => {
  const { get, send } = await serveRegistry();
  for (const answer of [
    await get('traces/search'),
    await send('gateway-proxy', {}),
    await get('/api/2.0/other'),
  ]) {
    expect(answer).toMatchObject({ status: 404, json: { error_code: 'ENDPOINT_NOT_FOUND' } });
  }
});

it('tells clients of MLflow to do otherwise what it does not offer', async () => {
  const { get, send } = await serveRegistry();
  const path = '/api/2.0/mlflow-artifacts';
  for (const answer of [
    await send(`${path}/mpu/create/a.bin`, { path: 'a.bin', num_parts: 2 }),
    await send(`${path}/mpu/abort/a.bin`, {}),
    await get(`${path}/presigned/a.bin`),
  ]) {
    expect(answer).toMatchObject({ status: 501, json: { error_code: 'NOT_IMPLEMENTED' } });
  }
  expect((await get('/api/3.0/mlflow/server-info')).json).toMatchObject({
    multipart_uploads_enabled: false,
    gnu_mlops_stages: true,
  });
});

it.each(['not json', '[1]', '7', '{"name": "a"', 'true'])(
  'answers 400 to the body %j, never 500',
  async (body) => {
    const { send } = await serveRegistry();
    const answer = await send('experiments/create', body);
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  },
);

it('takes JSON in a JSON text, and a missing body for an empty one', async () => {
  const { send } = await serveRegistry();
  const twice = JSON.stringify(JSON.stringify({ name: 'twice' }));
  expect((await send('experiments/create', twice)).status).toBe(200);
  expect((await send('runs/search', undefined)).json).toEqual({});
});

it('takes JSON only from those who say that it is JSON', async () => {
  const { post } = await serveRegistry();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await post('experiments/create', '{"name": "a"}', { 'content-type': type });
    expect(answer.status).toBe(400);
    expect(answer.json['message']).toContain("Content-Type must be one of ['application/json']");
  }
});

it('refuses a body that is too large', async () => {
  const { send } = await serveRegistry({ maxRequestBytes: 1000 });
  const answer = await send('experiments/create', { name: 'x'.repeat(2000) });
  expect(answer.status).toBe(413);
  expect(answer.json['error_code']).toBe('BAD_REQUEST');
});
