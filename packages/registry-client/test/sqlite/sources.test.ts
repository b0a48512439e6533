import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { formatRunsUri, parseRunsUri } from '../../src/model-source.ts';
import { openRegistry } from '../../src/open-registry.ts';

const runId = '0123456789abcdef'.repeat(2);

it('reads runs:/ URIs, and gives a version the run that its source names', async () => {
  expect(parseRunsUri(`runs:/${runId}/model`)).toEqual({ runId, folder: 'model' });
  expect(parseRunsUri(`runs:/${runId}/a/b/`)).toEqual({ runId, folder: 'a/b' });
  expect(parseRunsUri(`runs:/${runId}`)).toEqual({ runId, folder: '' });
  expect(parseRunsUri('runs:/short/model')).toBeUndefined();
  expect(parseRunsUri(`models:/${runId}`)).toBeUndefined();
  expect(parseRunsUri(formatRunsUri({ runId, folder: 'model' }))?.folder).toBe('model');
  expect(formatRunsUri({ runId, folder: '' })).toBe(`runs:/${runId}`);
});

it('reads a version whose source is a folder of its own artifacts', async () => {
  const { registry, run } = await openWithModel();
  for (const source of [`${run.artifactUri}/model`, `runs:/${run.runId}/model/`]) {
    const version = await registry.createModelVersion({ name: 'm', source, createdAt: 0 });
    const bytes = await registry.downloadModelFile('m', version.version, 'MLmodel');
    expect(new TextDecoder().decode(bytes)).toBe('x');
  }
});

it('reads a version whose source is the root of the artifacts', async () => {
  const { registry, run } = await openWithModel();
  const source = `runs:/${run.runId}`;
  const { version, runId: sourceRun } = await registry.createModelVersion({
    name: 'm',
    source,
    createdAt: 0,
  });
  expect(sourceRun).toBe(run.runId);
  expect(await registry.downloadModelFile('m', version, 'model/MLmodel')).toHaveLength(1);
});

it('throws REGISTRY_RUN_NOT_FOUND for a source in a run that is not there', async () => {
  const { registry } = await openWithModel();
  await expectCode(
    registry.createModelVersion({ name: 'm', source: `runs:/${runId}/model`, createdAt: 0 }),
    'REGISTRY_RUN_NOT_FOUND',
    runId,
  );
});

it.each(['s3://bucket/model', '/etc', 'file:///etc', 'models:/m/1', 'https://example.org/model'])(
  'keeps the source %s, and reads no files from it',
  async (source) => {
    const { registry } = await openWithModel();
    const version = await registry.createModelVersion({ name: 'm', source, createdAt: 0 });
    expect(version.source).toBe(source);
    await expectCode(
      registry.downloadModelFile('m', version.version, 'passwd'),
      'REGISTRY_SOURCE_UNSUPPORTED',
      source,
    );
  },
);

it('follows no source out of the artifacts', async () => {
  const { registry, run } = await openWithModel();
  for (const source of [
    `runs:/${run.runId}/../../../..`,
    `${run.artifactUri}/%2e%2e/%2e%2e`,
    `${run.artifactUri}/..`,
  ]) {
    const { version } = await registry.createModelVersion({ name: 'm', source, createdAt: 0 });
    const error = await registry
      .downloadModelFile('m', version, 'mlflow.db')
      .catch((e: Error) => e);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^REGISTRY_(ARTIFACT_PATH|SOURCE_UNSUPPORTED)$/) as string,
    });
  }
});

async function openWithModel() {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  onTestFinished(() => registry.close());
  const run = await registry.createRun({ experimentId: '0', startTime: 0 });
  await registry.uploadArtifact(run.runId, 'model/MLmodel', new TextEncoder().encode('x'));
  await registry.createRegisteredModel('m');
  return { registry, run };
}
