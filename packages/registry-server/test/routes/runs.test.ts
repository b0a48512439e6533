import { expect, it } from 'vitest';
import { type Served, serveRegistry } from '../serve-registry.ts';

async function createRun({ send }: Served, body: object = {}): Promise<string> {
  const { json } = await send('runs/create', { start_time: '456', ...body });
  const { run } = json as unknown as { run: { info: { run_id: string } } };
  return run.info.run_id;
}

it('creates a run in the default experiment, and tells where its artifacts go', async () => {
  const served = await serveRegistry();
  const id = await createRun(served, { user_id: 'ada', run_name: 'first' });
  expect((await served.get('runs/get', { run_id: id })).json).toMatchObject({
    run: {
      info: {
        run_id: id,
        run_uuid: id,
        run_name: 'first',
        experiment_id: '0',
        user_id: 'ada',
        status: 'RUNNING',
        start_time: 456,
        artifact_uri: `mlflow-artifacts:/0/${id}/artifacts`,
        lifecycle_stage: 'active',
      },
      data: { tags: [{ key: 'mlflow.runName', value: 'first' }] },
      inputs: {},
      outputs: {},
    },
  });
});

it('logs and reads back numbers that JSON has not', async () => {
  const served = await serveRegistry();
  const run_id = await createRun(served);
  for (const value of ['NaN', 'Infinity', '-Infinity', 0.25]) {
    const metric = { key: String(value), value, timestamp: '9', step: '2' };
    expect((await served.send('runs/log-metric', { run_id, ...metric })).status).toBe(200);
  }
  const { json } = await served.get('runs/get', { run_uuid: run_id });
  expect(json).toMatchObject({
    run: {
      data: {
        metrics: [
          { key: '-Infinity', value: '-Infinity', timestamp: 9, step: 2 },
          { key: '0.25', value: 0.25 },
          { key: 'Infinity', value: 'Infinity' },
          { key: 'NaN', value: 'NaN' },
        ],
      },
    },
  });
});

it('cuts what is too long for a run, and refuses a parameter that changes', async () => {
  const served = await serveRegistry();
  const run_id = await createRun(served);
  const long = 'x'.repeat(9000);
  await served.send('runs/log-parameter', { run_id, key: 'p', value: long });
  await served.send('runs/set-tag', { run_uuid: run_id, key: 't', value: long });
  const run = await served.registry.getRun(run_id);
  expect([run.params['p']!.length, run.tags['t']!.length]).toEqual([6000, 8000]);
  const changed = await served.send('runs/log-parameter', { run_id, key: 'p', value: 'other' });
  expect(changed.status).toBe(400);
  expect(changed.json['message']).toContain('Changing param values is not allowed');
});

it('writes a batch as a whole, or nothing of it', async () => {
  const served = await serveRegistry();
  const run_id = await createRun(served);
  const metrics = [{ key: 'a', value: 1, timestamp: 1 }];
  const wrong = await served.send('runs/log-batch', {
    run_id,
    metrics: [...metrics, { key: 'b', value: 2 }],
  });
  expect(wrong.json['message']).toContain("required parameter 'metrics[1].timestamp'");
  const taken = { run_id, metrics, params: [{ key: 'p' }], tags: [{ key: 't', value: '1' }] };
  expect((await served.send('runs/log-batch', taken)).status).toBe(200);
  expect(await served.registry.getRun(run_id)).toMatchObject({
    metrics: { a: 1 },
    params: { p: '' },
  });
  const many = Array.from({ length: 1001 }, (_, step) => ({ ...metrics[0], step }));
  expect((await served.send('runs/log-batch', { run_id, metrics: many })).status).toBe(400);
  const large = await served.send('runs/log-batch', {
    run_id,
    tags: [{ key: 'l', value: 'x'.repeat(1_000_001) }],
  });
  expect(large.status).toBe(413);
});

it('searches over experiments, with views, orders and pages', async () => {
  const served = await serveRegistry();
  const ids: string[] = [];
  for (const start_time of [1, 2, 3]) ids.push(await createRun(served, { start_time }));
  await served.send('runs/delete', { run_id: ids[0] });
  const search = async (body: object) => {
    const { json } = await served.send('runs/search', { experiment_ids: ['0'], ...body });
    const { runs = [] } = json as unknown as { runs?: { info: { run_id: string } }[] };
    return runs.map(({ info }) => ids.indexOf(info.run_id));
  };
  expect(await search({})).toEqual([2, 1]);
  expect(await search({ run_view_type: 'ALL', order_by: ['start_time ASC'] })).toEqual([0, 1, 2]);
  expect(await search({ run_view_type: 2 })).toEqual([0]);
  expect(await search({ filter: 'attributes.start_time > 2' })).toEqual([2]);
  expect(await search({ experiment_ids: [] })).toEqual([]);
  const tooMany = await served.send('runs/search', { max_results: 123456789 });
  expect(tooMany.json['message']).toContain(
    "Invalid value 123456789 for parameter 'max_results' supplied",
  );
});

it('ends, deletes and restores a run; a deleted one refuses writes', async () => {
  const served = await serveRegistry();
  const run_id = await createRun(served);
  const ended = await served.send('runs/update', { run_id, status: 'FINISHED', end_time: 500 });
  expect(ended.json).toMatchObject({ run_info: { status: 'FINISHED', end_time: 500 } });
  await served.send('runs/delete', { run_id });
  const refused = await served.send('runs/set-tag', { run_id, key: 'a', value: 'b' });
  expect(refused.json['message']).toContain(`The run ${run_id} must be in the 'active' state`);
  await served.send('runs/restore', { run_id });
  const missing = await served.send('runs/delete-tag', { run_id, key: 'a' });
  expect(missing).toMatchObject({ status: 404 });
});

it('gives histories whole, in pages, in bulk and thinned out', async () => {
  const served = await serveRegistry();
  const ids = [await createRun(served), await createRun(served)];
  for (const id of ids) {
    await served.registry.logBatch(id, {
      metrics: Array.from({ length: 10 }, (_, step) => ({
        key: 'm',
        value: step,
        timestamp: step,
        step,
      })),
    });
  }
  const steps = async (path: string, query: object) => {
    const { json } = await served.get(path, { metric_key: 'm', run_id: ids[0], ...query });
    return (json as unknown as { metrics: { step: number }[] }).metrics.map(({ step }) => step);
  };
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(await steps('metrics/get-history', {})).toEqual(all);
  expect(await steps('metrics/get-history', { max_results: 3 })).toEqual([0, 1, 2]);
  expect(await steps('metrics/get-history-bulk', { run_id: ids })).toEqual([...all, ...all]);
  expect(await steps('metrics/get-history-bulk', { run_id: ids, max_results: 12 })).toHaveLength(
    12,
  );
  const thinned = { run_ids: ids[0], max_results: 5 };
  expect(await steps('metrics/get-history-bulk-interval', thinned)).toEqual([0, 2, 4, 6, 8, 9]);
  const wrong = await served.get('metrics/get-history', {
    run_id: ids[0],
    metric_key: 'm',
    page_token: 'nonsense',
  });
  expect(wrong.json['error_code']).toBe('INVALID_PARAMETER_VALUE');
});

it('notes the models that clients before MLflow 3 log', async () => {
  const served = await serveRegistry();
  const run_id = await createRun(served);
  const model = { artifact_path: 'm', flavors: {}, utc_time_created: 'now', run_id };
  for (const artifact_path of ['m', 'n']) {
    const model_json = JSON.stringify({ ...model, artifact_path });
    expect((await served.send('runs/log-model', { run_id, model_json })).status).toBe(200);
  }
  const { tags } = await served.registry.getRun(run_id);
  expect(JSON.parse(tags['mlflow.log-model.history']!)).toMatchObject([
    { artifact_path: 'm' },
    { artifact_path: 'n' },
  ]);
  const bad = await served.send('runs/log-model', { run_id, model_json: '{}' });
  expect(bad.json['message']).toContain('missing mandatory fields: artifact_path');
});
