import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { serveRegistry } from '../serve-registry.ts';

it('creates, finds, renames, tags, deletes and restores', async () => {
  const { get, send } = await serveRegistry();
  const tags = [{ key: 'team', value: 'crm' }];
  const created = await send('experiments/create', { name: 'a', tags });
  const id = created.json['experiment_id'];
  expect((await get('experiments/get-by-name', { experiment_name: 'a' })).json).toMatchObject({
    experiment: {
      experiment_id: id,
      artifact_location: `mlflow-artifacts:/${String(id)}`,
      lifecycle_stage: 'active',
      tags,
    },
  });

  await send('experiments/update', { experiment_id: id, new_name: 'b' });
  await send('experiments/set-experiment-tag', { experiment_id: id, key: 'x' });
  await send('experiments/delete-experiment-tag', { experiment_id: id, key: 'team' });
  await send('experiments/delete', { experiment_id: id });
  expect((await get('experiments/search', { view_type: 'DELETED_ONLY' })).json).toMatchObject({
    experiments: [{ name: 'b', tags: [{ key: 'x', value: '' }] }],
  });
  expect((await send('experiments/restore', { experiment_id: id })).json).toEqual({});
});

it('searches by GET and POST alike, page by page, with no token on the last', async () => {
  const { get, send } = await serveRegistry();
  for (const name of ['a', 'b', 'c']) await send('experiments/create', { name });
  const request = { filter: "name != 'Default'", order_by: ['name ASC'], max_results: '2' };
  const first = await get('experiments/search', request);
  expect(first.json).toMatchObject({ experiments: [{ name: 'a' }, { name: 'b' }] });
  const rest = { ...request, page_token: first.json['next_page_token'] };
  const last = (await send('experiments/search', rest)).json;
  expect(last).toMatchObject({ experiments: [{ name: 'c' }] });
  expect(last).not.toHaveProperty('next_page_token');
});

it.each([
  [{}, "Missing value for required parameter 'name'"],
  [{ name: 123 }, "Invalid value 123 for parameter 'name' supplied"],
  [{ name: 'a', tags: '5' }, `Invalid value "5" for parameter 'tags' supplied`],
  [{ name: 'a', artifact_location: 's3://b/x#y' }, "for parameter 'artifact_location' supplied"],
  [{ name: 'a', artifact_location: 's3://b/x?a=%2e./y' }, "for parameter 'artifact_location'"],
  [{ name: 'a', artifact_location: 'file://host/x' }, "for parameter 'artifact_location'"],
  [{ name: 'a', artifact_location: 'x\0' }, "for parameter 'artifact_location'"],
])('refuses to create %j', async (body, words) => {
  const { send } = await serveRegistry();
  const answer = await send('experiments/create', body);
  expect(answer.status).toBe(400);
  expect(answer.json['message']).toContain(words);
});

it.each([
  ['s3://bucket/folder', 's3://bucket/folder'],
  ['my_location', resolve('my_location')],
  ['file:///shared/folder', '/shared/folder'],
  ['mlflow-artifacts:/team/x', 'mlflow-artifacts:/1'],
])('tells clients of an artifact location %j as %j', async (asked, told) => {
  const { get, send } = await serveRegistry();
  await send('experiments/create', { name: 'a', artifact_location: asked });
  const { json } = await get('experiments/get', { experiment_id: '1' });
  expect(json).toMatchObject({ experiment: { artifact_location: told } });
});

it('lists the data sets that runs read', async () => {
  const { send, registry } = await serveRegistry();
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1 });
  await registry.createRun({ experimentId: '0', startTime: 2 });
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: '{}' };
  const tags = [{ key: 'mlflow.data.context', value: 'training' }];
  await send('runs/log-inputs', { run_id: runId, datasets: [{ dataset, tags }] });
  const search = (ids: string[]) => send('experiments/search-datasets', { experiment_ids: ids });
  expect((await search(['0'])).json).toEqual({
    dataset_summaries: [{ experiment_id: '0', name: 'd', digest: '1', context: 'training' }],
  });
  expect((await search([])).json['message']).toContain('at least one experiment_id');
  expect((await search(Array<string>(21).fill('0'))).json['message']).toContain('more than 20');
});
