import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { createLocalArtifacts } from '../src/local-artifacts.ts';

const place = { experimentId: '0', runId: 'a'.repeat(32) };
const bytes = new TextEncoder().encode('content');

it('refuses links that lead out of the artifacts, for reading, writing and listing', async () => {
  const { root, artifacts, outside } = prepare();
  symlinkSync(outside, `${root}/0/${place.runId}/artifacts/link`);
  symlinkSync(`${outside}/secret`, `${root}/0/${place.runId}/artifacts/file-link`);
  for (const path of ['link/secret', 'file-link', 'link/new/deep']) {
    await expectCode(artifacts.read(place, path), 'REGISTRY_ARTIFACT_PATH', /leads out/);
    await expectCode(artifacts.write(place, path, bytes), 'REGISTRY_ARTIFACT_PATH', /leads out/);
  }
  await expectCode(artifacts.list(place, 'link'), 'REGISTRY_ARTIFACT_PATH');
  expect(await artifacts.list(place, undefined)).toEqual([]);
  expect(readdirSync(outside)).toEqual(['secret']);
  expect(readFileSync(`${outside}/secret`, 'utf8')).toBe('secret');
});

it('refuses a link that leads nowhere', async () => {
  const { root, artifacts, outside } = prepare();
  symlinkSync(`${outside}/not-yet`, `${root}/0/${place.runId}/artifacts/link`);
  await expectCode(artifacts.write(place, 'link', bytes), 'REGISTRY_ARTIFACT_PATH', /nowhere/);
  await expectCode(artifacts.write(place, 'link/x', bytes), 'REGISTRY_ARTIFACT_PATH', /nowhere/);
  expect(await artifacts.list(place, undefined)).toEqual([]);
});

it('follows links that stay inside', async () => {
  const { root, artifacts } = prepare();
  await artifacts.write(place, 'real/file', bytes);
  symlinkSync('real', `${root}/0/${place.runId}/artifacts/link`);
  expect(await artifacts.read(place, 'link/file')).toEqual(bytes);
  expect(await artifacts.list(place, 'link')).toEqual([
    { path: 'link/file', isFolder: false, sizeBytes: 7 },
  ]);
});

it('works where the root itself is reached by a link', async () => {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/real`);
  symlinkSync(`${folder}/real`, `${folder}/root`);
  const artifacts = createLocalArtifacts(`${folder}/root`);
  await artifacts.write(place, 'a/b', bytes);
  expect(await artifacts.read(place, 'a/b')).toEqual(bytes);
});

it('refuses a file where a folder is, and a folder where a file is', async () => {
  const { artifacts } = prepare();
  await artifacts.write(place, 'model/MLmodel', bytes);
  await expectCode(
    artifacts.write(place, 'model', bytes),
    'REGISTRY_ARTIFACT_PATH',
    /folder is there/,
  );
  await expectCode(
    artifacts.write(place, 'model/MLmodel/x', bytes),
    'REGISTRY_ARTIFACT_PATH',
    /file is where a folder/,
  );
  expect(await artifacts.read(place, 'model/MLmodel')).toEqual(bytes);
});

it('leaves no temporary file behind, neither after a write nor after a refusal', async () => {
  const { root, artifacts } = prepare();
  await artifacts.write(place, 'model/MLmodel', bytes);
  await expectCode(artifacts.write(place, 'model', bytes), 'REGISTRY_ARTIFACT_PATH');
  expect(readdirSync(`${root}/0/${place.runId}/.uploads`)).toEqual([]);
  expect(await artifacts.list(place, undefined)).toEqual([{ path: 'model', isFolder: true }]);
});

it('shows a reader the old file or the new one, never a part of either', async () => {
  const { artifacts } = prepare();
  const versions = [1, 2].map((byte) => new Uint8Array(3_000_000).fill(byte));
  await artifacts.write(place, 'big', versions[0]!);
  let isWriting = true;
  async function writeOften(): Promise<void> {
    for (let i = 0; i < 20; i++) await artifacts.write(place, 'big', versions[i % 2]!);
    isWriting = false;
  }
  async function readOften(): Promise<void> {
    while (isWriting) {
      const read = await artifacts.read(place, 'big');
      expect(read.length === 3_000_000 && read.every((byte) => byte === read[0])).toBe(true);
    }
  }
  await Promise.all([writeOften(), readOften()]);
});

it('knows its own folders by path and by URL, and no others', () => {
  const { root, artifacts } = prepare();
  const folder = { runId: place.runId, folder: 'model' };
  const path = `${root}/0/${place.runId}/artifacts/model`;
  expect(artifacts.locate(path)).toEqual(folder);
  expect(artifacts.locate(`${pathToFileURL(path).href}/`)).toEqual(folder);
  expect(artifacts.locate(`${artifacts.runUri(place)}/model`)).toEqual(folder);
  expect(artifacts.locate(`${root}-other/0/${place.runId}/artifacts/model`)).toBeUndefined();
  expect(artifacts.locate('/etc')).toBeUndefined();
  expect(artifacts.locate('file://host/share')).toBeUndefined();
  expect(artifacts.locate('s3://bucket/model')).toBeUndefined();
});

function prepare() {
  const folder = temporaryFolder();
  const root = `${folder}/root`;
  const outside = `${folder}/outside`;
  mkdirSync(`${root}/0/${place.runId}/artifacts`, { recursive: true });
  mkdirSync(outside);
  writeFileSync(`${outside}/secret`, 'secret');
  return { root, outside, artifacts: createLocalArtifacts(root) };
}
