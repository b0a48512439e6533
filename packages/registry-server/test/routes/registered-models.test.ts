import { openRegistry, verifyLedger } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { type Served, serveRegistry } from '../serve-registry.ts';

async function serveModel(versions: number): Promise<Served> {
  const served = await serveRegistry({ actorOf: () => 'ada' });
  await served.send('registered-models/create', { name: 'm', description: 'first' });
  for (let i = 0; i < versions; i++) {
    const body = { name: 'm', source: 'runs:/x/model', run_id: 'x', description: `v${i + 1}` };
    expect((await served.send('model-versions/create', body)).status).toBe(200);
  }
  return served;
}

it('creates, describes, tags, renames and deletes a model', async () => {
  const { send, get } = await serveModel(1);
  await send('registered-models/set-tag', { name: 'm', key: 'a', value: '1' });
  await send('registered-models/update', { name: 'm', description: 'second' }, 'PATCH');
  const renamed = await send('registered-models/rename', { name: 'm', new_name: 'n' });
  expect(renamed.json).toMatchObject({
    registered_model: {
      name: 'n',
      description: 'second',
      tags: [{ key: 'a', value: '1' }],
      latest_versions: [{ version: '1', current_stage: 'None', status: 'READY' }],
    },
  });
  expect((await get('registered-models/get', { name: 'm' })).json).toMatchObject({
    error_code: 'RESOURCE_DOES_NOT_EXIST',
    message: expect.stringContaining('Registered Model with name=m not found') as string,
  });
  await send('registered-models/delete-tag', { name: 'n', key: 'a' }, 'DELETE');
  await send('registered-models/delete', { name: 'n' }, 'DELETE');
  expect((await get('registered-models/search')).json).toEqual({});
});

it('finds models that are no prompts, as every client asks', async () => {
  const { send, get } = await serveModel(0);
  const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
  await send('registered-models/create', { name: 'prompt', tags });
  const filter = "tag.`mlflow.prompt.is_prompt` != 'true'";
  const { json } = await get('registered-models/search', { filter });
  expect(json).toMatchObject({ registered_models: [{ name: 'm' }] });
  expect(json['registered_models']).toHaveLength(1);
});

it('leaves a model out of a search that is deleted meanwhile', async () => {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  for (const name of ['a', 'b', 'c']) await registry.createRegisteredModel(name);
  const { get } = await serveRegistry({
    registry: {
      ...registry,
      async searchRegisteredModels(...request) {
        const page = await registry.searchRegisteredModels(...request);
        await registry.deleteRegisteredModel('b');
        return page;
      },
    },
  });
  const { status, json } = await get('registered-models/search');
  expect(status).toBe(200);
  expect(json).toMatchObject({ registered_models: [{ name: 'a' }, { name: 'c' }] });
  expect((await get('registered-models/get', { name: 'b' })).status).toBe(404);
});

it('moves versions in MLflow’s stages, whatever their case, and finds the newest of each', async () => {
  const { send, get } = await serveModel(3);
  const move = (version: string, stage: string, archive_existing_versions = false) =>
    send('model-versions/transition-stage', {
      name: 'm',
      version,
      stage,
      archive_existing_versions,
    });
  await move('1', 'production');
  expect((await move('2', 'PRODUCTION', true)).json).toMatchObject({
    model_version: { version: '2', current_stage: 'Production' },
  });
  const { json } = await get('registered-models/get-latest-versions', { name: 'm' });
  expect(json['model_versions']).toMatchObject([
    { version: '1', current_stage: 'Archived' },
    { version: '2', current_stage: 'Production' },
    { version: '3', current_stage: 'None' },
  ]);
  const refused = await move('1', 'GNU_Production');
  expect(refused).toMatchObject({ status: 400 });
  expect(refused.json['message']).toContain('Invalid Model Version stage: GNU_Production');
});

it('orders versions with equal numbers by name', async () => {
  const { send, get } = await serveModel(1);
  for (const name of ['b', 'a']) {
    await send('registered-models/create', { name });
    await send('model-versions/create', { name, source: 's3://x/y' });
  }
  const query = { order_by: 'version_number DESC' };
  const { json } = await get('model-versions/search', query);
  expect(json['model_versions']).toMatchObject([{ name: 'a' }, { name: 'b' }, { name: 'm' }]);
});

it('points aliases, and says when one is not there', async () => {
  const { send, get } = await serveModel(2);
  const path = 'registered-models/alias';
  await send(path, { name: 'm', alias: 'best', version: '2' });
  expect((await get(path, { name: 'm', alias: 'best' })).json).toMatchObject({
    model_version: { version: '2', aliases: ['best'] },
  });
  await send(path, { name: 'm', alias: 'best' }, 'DELETE');
  expect((await get(path, { name: 'm', alias: 'best' })).json).toMatchObject({
    error_code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringContaining('alias best not found') as string,
  });
  expect(await get(path, { name: 'nobody', alias: 'best' })).toMatchObject({ status: 404 });
});

it('takes champion for a move to production, and its deletion for one to the archive', async () => {
  const { send, registry } = await serveModel(2);
  const path = 'registered-models/alias';
  await send(path, { name: 'm', alias: 'champion', version: '1' });
  await send(path, { name: 'm', alias: 'champion', version: '2' });
  expect((await registry.findRegisteredModel('m'))?.aliases).toEqual({
    champion: '2',
    production: '2',
  });
  await send(path, { name: 'm', alias: 'champion' }, 'DELETE');
  expect((await send(path, { name: 'm', alias: 'champion' }, 'DELETE')).status).toBe(200);
  const ledger = await registry.readLedger('m');
  expect(ledger).toMatchObject([
    { version: '1', toStage: 'GNU_Production', actor: 'ada' },
    { version: '2', toStage: 'GNU_Production', displacedVersion: '1' },
    { version: '2', toStage: 'Archived', reason: expect.stringContaining('deleted') as string },
  ]);
  expect(verifyLedger(ledger).isValid).toBe(true);
});

it('follows copies to where their files lie, also copies of each other', async () => {
  const { send, get } = await serveModel(1);
  for (const source of ['models:/m/1', 'models:/m/2', 'models:/m/5', 'models:/m/4']) {
    const tags = [{ key: 'gnu_mlops.stage', value: 'Staging' }];
    const body = { name: 'm', source, tags };
    expect((await send('model-versions/create', body)).status).toBe(200);
  }
  const find = (version: string) => get('model-versions/get-download-uri', { name: 'm', version });
  expect((await find('3')).json).toEqual({ artifact_uri: 'runs:/x/model' });
  expect((await find('4')).status).toBe(400);
  expect((await get('model-versions/get', { name: 'm', version: '2' })).json).toMatchObject({
    model_version: { source: 'models:/m/1', current_stage: 'None' },
  });
});

it('moves our stages for clients of ours, and refuses a move that was planned on another state', async () => {
  const { send, get } = await serveModel(2);
  const move = { name: 'm', stage: 'Staging', actor: 'ada', evidence: '{}', at: 5 };
  const first = { ...move, version: '1', expected_holder: null };
  expect((await send('gnu-mlops/move-stage', first)).json).toMatchObject({
    entry: { version: '1', toStage: 'Staging' },
  });
  const late = await send('gnu-mlops/move-stage', { ...first, version: '2' });
  expect(late).toMatchObject({ status: 409, json: { error_code: 'RESOURCE_CONFLICT' } });
  expect((await get('gnu-mlops/read-ledger', { name: 'm' })).json['entries']).toHaveLength(1);
  const held = await send('model-versions/delete', { name: 'm', version: '1' }, 'DELETE');
  expect(held.status).toBe(409);
});
