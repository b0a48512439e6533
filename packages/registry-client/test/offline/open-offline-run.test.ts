import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openOfflineRun } from '../../src/offline/open-offline-run.ts';
import { readOfflineRun } from '../../src/offline/read-offline-run.ts';

const start = { experimentName: 'churn', startTime: 1000 };

it('keeps everything that a run is logged with', async () => {
  const folder = join(temporaryFolder(), 'made', 'when-needed');
  const run = await openOfflineRun(folder, { ...start, runName: 'first', tags: { team: 'crm' } });
  await run.logBatch({
    params: { depth: '3' },
    metrics: [
      { key: 'loss', value: NaN, timestamp: 1, step: 0 },
      { key: 'loss', value: -Infinity, timestamp: 2, step: 1 },
    ],
  });
  await run.logBatch({ tags: { team: 'sales' }, params: { depth: '3' } });
  const dataset = { name: 'd', digest: 'abc', sourceType: 'local', source: '{}' };
  await run.logInputs([dataset]);
  await run.uploadArtifact('model/MLmodel', new TextEncoder().encode('first'));
  const digest = await run.uploadArtifact('model/MLmodel', new TextEncoder().encode('second'));
  await run.update({ status: 'FINISHED', endTime: 2000, runName: 'renamed' });
  await run.close();

  const state = (await readOfflineRun(run.folder))!;
  expect(state).toMatchObject({ status: 'FINISHED', endTime: 2000, runName: 'renamed' });
  expect(Object.fromEntries(state.params)).toEqual({ depth: '3' });
  expect(Object.fromEntries(state.tags)).toEqual({ team: 'sales' });
  expect(state.metrics.get('loss')!.map(({ value }) => value)).toEqual([NaN, -Infinity]);
  expect(state.inputs).toEqual([dataset]);
  expect(state.artifacts.get('model/MLmodel')).toMatchObject({ ...digest, sizeBytes: 6 });
});

it('refuses at once what a registry would refuse later', async () => {
  const folder = temporaryFolder();
  await expectCode(
    openOfflineRun(folder, { ...start, experimentName: ' ' }),
    'REGISTRY_NAME_INVALID',
  );
  expect(readdirSync(folder)).toEqual([]);
  const run = await openOfflineRun(folder, start);
  await run.logBatch({ params: { depth: '3' } });
  await expectCode(run.logBatch({ params: { depth: '4' } }), 'REGISTRY_PARAM_CONFLICT');
  await expectCode(run.uploadArtifact('../x', new Uint8Array(1)), 'REGISTRY_ARTIFACT_PATH');
  await run.uploadArtifact('model', new Uint8Array(1));
  await expectCode(run.uploadArtifact('model/x', new Uint8Array(1)), 'REGISTRY_ARTIFACT_PATH');
  await run.close();
  expect(Object.fromEntries((await readOfflineRun(run.folder))!.params)).toEqual({ depth: '3' });
});

it('keeps nothing of an artifact whose source fails half-way', async () => {
  const run = await openOfflineRun(temporaryFolder(), start);
  async function* failing() {
    yield new Uint8Array(10);
    throw new Error('the source is gone');
  }
  await expect(run.uploadArtifact('a', failing())).rejects.toThrow('the source is gone');
  await run.close();
  expect(readdirSync(join(run.folder, 'blobs'))).toEqual([]);
  expect((await readOfflineRun(run.folder))!.artifacts.size).toBe(0);
});
