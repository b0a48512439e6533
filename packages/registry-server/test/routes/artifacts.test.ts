import { expect, it } from 'vitest';
import { type Served, serveRegistry } from '../serve-registry.ts';

const ROOT = '/api/2.0/mlflow-artifacts/artifacts';

async function serveRun(): Promise<Served & { readonly runId: string; readonly root: string }> {
  const served = await serveRegistry();
  const { runId } = await served.registry.createRun({ experimentId: '0', startTime: 1 });
  return { ...served, runId, root: `${ROOT}/0/${runId}/artifacts` };
}

it('uploads whatever the media type says, downloads, lists and deletes', async () => {
  const { put, get, send, runId, root } = await serveRun();
  const json = { 'content-type': 'application/json' };
  expect((await put(`${root}/a b/ä.json`, '{not json', json)).json).toEqual({});
  await put(`${root}/empty.txt`, '');
  expect((await get(`${root}/a%20b/%C3%A4.json`)).text).toBe('{not json');
  expect((await get('artifacts/list', { run_id: runId })).json).toEqual({
    root_uri: `mlflow-artifacts:/0/${runId}/artifacts`,
    files: [
      { path: 'a b', is_dir: true },
      { path: 'empty.txt', is_dir: false, file_size: 0 },
    ],
  });
  expect((await get(ROOT, { path: `0/${runId}/artifacts/a b` })).json).toEqual({
    files: [{ path: 'ä.json', is_dir: false, file_size: 9 }],
  });
  await send(`${root}/a%20b`, undefined, 'DELETE');
  expect((await get(`${root}/a%20b/%C3%A4.json`)).status).toBe(404);
  await send(root + '/', undefined, 'DELETE');
  expect((await get(ROOT, { path: `0/${runId}/artifacts` })).json).toEqual({});
});

it('sends files to be saved, never shown', async () => {
  const { put, get, runId, root } = await serveRun();
  await put(`${root}/page.html`, '<script>');
  const { headers } = await get('/get-artifact', { run_id: runId, path: 'page.html' });
  expect(headers).toMatchObject({
    'content-type': 'text/html',
    'content-disposition': 'attachment; filename=page.html',
    'x-content-type-options': 'nosniff',
    'content-length': '8',
  });
  await put(`${root}/ein "Name".txt`, 'x');
  const named = await get('/get-artifact', { run_uuid: runId, path: 'ein "Name".txt' });
  expect(named.headers).toMatchObject({
    'content-type': 'text/plain',
    'content-disposition': `attachment; filename="ein _Name_.txt"; filename*=UTF-8''ein%20%22Name%22.txt`,
  });
});

it.each(['..%2fx', '%2e%2e%2fx', '%252e%252e%252fx', 'a%5C..%5Cb', 'a%00', 'a//..//b'])(
  'refuses the path %j everywhere',
  async (path) => {
    const { put, get, runId, root } = await serveRun();
    for (const answer of [
      await put(`${root}/${path}`, 'x'),
      await get(`${root}/${path}`),
      await put(`${ROOT}/free/${path}`, 'x'),
      await get('artifacts/list', { run_id: runId, path: decodeURIComponent(path) }),
      await get('/get-artifact', { run_id: runId, path: decodeURIComponent(path) }),
    ]) {
      expect(answer).toMatchObject({ status: 400, json: { message: 'Invalid path' } });
    }
  },
);

it('refuses a path before it looks for the version that it is of', async () => {
  const { get } = await serveRegistry();
  const query = { name: 'nobody', version: '1', path: '../path' };
  expect((await get('/model-versions/get-artifact', query)).json).toEqual({
    error_code: 'INVALID_PARAMETER_VALUE',
    message: 'Invalid path',
  });
});

it('keeps files that belong to no run beside each other', async () => {
  const { put, get, send, registry } = await serveRegistry();
  expect((await get(ROOT)).json).toEqual({});
  expect((await get(`${ROOT}/a.txt`)).status).toBe(404);
  await Promise.all([put(`${ROOT}/a.txt`, '0'), put(`${ROOT}/dir/b.txt`, '1')]);
  expect((await get(ROOT)).json).toEqual({
    files: [
      { path: 'a.txt', is_dir: false, file_size: 1 },
      { path: 'dir', is_dir: true },
    ],
  });
  expect((await get(`${ROOT}/dir/b.txt`)).text).toBe('1');
  await send(`${ROOT}/a.txt`, undefined, 'DELETE');
  expect((await get(`${ROOT}/a.txt`)).status).toBe(404);
  const { items } = await registry.searchExperiments({ filter: "name = 'gnu_mlops.artifacts'" });
  expect(items).toHaveLength(1);
});

it('refuses what is larger than it takes, announced or not', async () => {
  const { registry, put } = await serveRegistry({ maxArtifactBytes: 10 });
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1 });
  const path = `${ROOT}/0/${runId}/artifacts/a`;
  expect((await put(path, 'x'.repeat(11))).status).toBe(413);
  expect((await put(path, 'x'.repeat(10))).status).toBe(200);
});

it('says 404 for artifacts of nobody, and for files that are not there', async () => {
  const { put, get, root } = await serveRun();
  expect((await get(`${root}/none`)).json['error_code']).toBe('RESOURCE_DOES_NOT_EXIST');
  const nobody = `${ROOT}/0/${'0'.repeat(32)}/artifacts/a`;
  expect((await put(nobody, 'x')).status).toBe(404);
});

it('takes uploads of web pages', async () => {
  const { send, get, runId } = await serveRun();
  const path = '/ajax-api/2.0/mlflow/upload-artifact';
  for (const [query, words] of [
    ['', 'Request must specify run_uuid.'],
    [`?run_uuid=${runId}`, 'Request must specify path.'],
    [`?run_uuid=${runId}&path=../x`, 'Invalid path'],
    [`?run_uuid=${runId}&path=x`, 'Request must specify data.'],
  ] as const) {
    expect((await send(path + query, undefined)).json['message']).toBe(words);
  }
  for (const twice of ['path=x&path=y', 'path=x&run_uuid=b']) {
    const refused = await send(`${path}?run_uuid=${runId}&${twice}`, 'hello');
    expect(refused).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  }
  expect((await send(`${path}?run_uuid=${runId}&path=x`, 'hello')).status).toBe(200);
  expect((await get('/get-artifact', { run_uuid: runId, path: 'x' })).text).toBe('hello');
});
