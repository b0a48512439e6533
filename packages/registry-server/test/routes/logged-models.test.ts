import { expect, it } from 'vitest';
import { type Served, serveRegistry } from '../serve-registry.ts';

async function createModel({ send }: Served, body: object = {}): Promise<string> {
  const { json } = await send('logged-models', { experiment_id: '0', ...body });
  return (json as unknown as { model: { info: { model_id: string } } }).model.info.model_id;
}

it('creates, finalizes, tags and deletes a logged model', async () => {
  const served = await serveRegistry();
  const id = await createModel(served, {
    name: 'forest',
    model_type: 'sklearn',
    source_run_id: '123',
    params: [{ key: 'depth', value: '3' }],
    tags: [{ key: 'a/b c', value: '1' }],
  });
  const path = `logged-models/${id}`;
  await served.send(`${path}/params`, { params: [{ key: 'trees', value: '9' }] });
  await served.send(`${path}/tags`, { tags: [{ key: 'x'.repeat(200), value: 'y' }] }, 'PATCH');
  const done = { model_id: id, status: 'LOGGED_MODEL_READY' };
  expect((await served.send(path, done, 'PATCH')).json).toMatchObject({
    model: {
      info: {
        model_id: id,
        name: 'forest',
        model_type: 'sklearn',
        source_run_id: '123',
        status: 'LOGGED_MODEL_READY',
        artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
      },
      data: {
        params: [
          { key: 'depth', value: '3' },
          { key: 'trees', value: '9' },
        ],
      },
    },
  });
  const longKey = `${path}/tags/${'x'.repeat(200)}`;
  expect((await served.send(longKey, undefined, 'DELETE')).status).toBe(200);
  const slashed = `${path}/tags/${encodeURIComponent('a/b c')}`;
  expect((await served.send(slashed, undefined, 'DELETE')).status).toBe(200);
  const again = await served.send(slashed, undefined, 'DELETE');
  expect(again.json['message']).toContain("No tag with key 'a/b c'");
  await served.send(path, undefined, 'DELETE');
  expect((await served.get(path)).json['message']).toContain('not found');
});

it('shows what was measured of a model, and finds models by it', async () => {
  const served = await serveRegistry();
  const ids = [await createModel(served, { name: 'a' }), await createModel(served, { name: 'b' })];
  const { runId } = await served.registry.createRun({ experimentId: '0', startTime: 1 });
  for (const [i, model_id] of ids.entries()) {
    const metric = { key: 'my f1', value: i / 2, timestamp: 5, step: 1, model_id };
    const dataset = i === 0 ? { dataset_name: 'd', dataset_digest: '7' } : {};
    await served.send('runs/log-metric', { run_id: runId, ...metric, ...dataset });
  }
  const search = async (body: object) => {
    const { json } = await served.send('logged-models/search', { experiment_ids: ['0'], ...body });
    const { models = [] } = json as unknown as { models?: { info: { model_id: string } }[] };
    return models.map(({ info }) => ids.indexOf(info.model_id));
  };
  expect((await served.get(`logged-models/${ids[0]!}`)).json).toMatchObject({
    model: {
      data: {
        metrics: [{ key: 'my f1', value: 0, model_id: ids[0], run_id: runId, dataset_name: 'd' }],
      },
    },
  });
  const order = (ascending: boolean) => ({
    order_by: [{ field_name: 'metrics.my f1', ascending }],
  });
  expect(await search(order(true))).toEqual([0, 1]);
  expect(await search(order(false))).toEqual([1, 0]);
  expect(await search({ filter: "name = 'b'" })).toEqual([1]);
  expect(await search({ datasets: [{ dataset_name: 'd', dataset_digest: '7' }] })).toEqual([0]);
  expect(await search({ datasets: [{ dataset_name: 'other' }] })).toEqual([]);
});

it('links runs with the models that they read and made', async () => {
  const served = await serveRegistry();
  const id = await createModel(served);
  const { runId } = await served.registry.createRun({ experimentId: '0', startTime: 1 });
  await served.send('runs/log-inputs', { run_id: runId, models: [{ model_id: id }] });
  await served.send('runs/outputs', { run_id: runId, models: [{ model_id: id, step: 3 }] });
  expect((await served.get('runs/get', { run_id: runId })).json).toMatchObject({
    run: {
      inputs: { model_inputs: [{ model_id: id }] },
      outputs: { model_outputs: [{ model_id: id, step: 3 }] },
    },
  });
});

it('keeps its files, and those of versions that come from it', async () => {
  const served = await serveRegistry();
  const id = await createModel(served);
  const root = `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts`;
  await served.put(`${root}/sub/MLmodel`, 'flavors: {}');
  const listed = await served.get(`logged-models/${id}/artifacts/directories`);
  expect(listed.json).toMatchObject({ files: [{ path: 'sub', is_dir: true }] });
  const file = await served.get(`logged-models/${id}/artifacts/files`, {
    artifact_file_path: 'sub/MLmodel',
  });
  expect(file.text).toBe('flavors: {}');

  await served.send('registered-models/create', { name: 'm' });
  for (let i = 0; i < 2; i++) {
    const source = `mlflow-artifacts:/0/models/${id}/artifacts`;
    await served.send('model-versions/create', { name: 'm', source, model_id: id });
  }
  const version = { name: 'm', version: '2' };
  expect((await served.get('model-versions/get-download-uri', version)).json).toEqual({
    artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
  });
  const model = await served.registry.getLoggedModel(id);
  expect(model.tags['mlflow.modelVersions']).toBe(
    '[{"name": "m", "version": 1}, {"name": "m", "version": 2}]',
  );
  const read = await served.registry.downloadModelFile('m', '2', 'sub/MLmodel');
  expect(new TextDecoder().decode(read)).toBe('flavors: {}');
});
