import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { Readable } from 'node:stream';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';

const bytes = new TextEncoder().encode('content');
/** The SHA-256 of "content". */
const HASH = 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73';

it('keeps equal content once, however many artifacts have it', async () => {
  const { registry, runId, files } = await prepare();
  for (const path of ['a', 'b', 'model/c']) await registry.uploadArtifact(runId, path, bytes);
  expect(files()).toEqual([HASH]);
});

it('puts no name of an artifact on the disk', async () => {
  const { registry, runId, root } = await prepare();
  await registry.uploadArtifact(runId, 'some name/..odd..', bytes);
  const names = readdirSync(root, { recursive: true }).map(String);
  expect(names.sort()).toEqual(['.uploads', 'blobs', 'blobs/ed', `blobs/ed/${HASH}`]);
});

it('tells damaged content from what was written, whole and as a stream', async () => {
  const { registry, runId, fileOf } = await prepare();
  await registry.uploadArtifact(runId, 'a', bytes);
  writeFileSync(fileOf(HASH), 'c0ntent');
  await expectCode(registry.downloadArtifact(runId, 'a'), 'REGISTRY_ARTIFACT_DAMAGED', /"a"/);
  const { content } = await registry.openArtifact(runId, 'a');
  await expectCode(readAll(content), 'REGISTRY_ARTIFACT_DAMAGED', HASH);
});

it('says so where the file is missing, and is whole again when it is written again', async () => {
  const { registry, runId, fileOf } = await prepare();
  await registry.uploadArtifact(runId, 'a', bytes);
  rmSync(fileOf(HASH));
  await expectCode(registry.downloadArtifact(runId, 'a'), 'REGISTRY_ARTIFACT_DAMAGED', /missing/);
  await registry.uploadArtifact(runId, 'b', bytes);
  expect(await registry.downloadArtifact(runId, 'a')).toEqual(bytes);
});

it.skipIf(process.platform === 'win32')('follows no link in place of a file', async () => {
  const { registry, runId, fileOf, root } = await prepare();
  await registry.uploadArtifact(runId, 'a', bytes);
  rmSync(fileOf(HASH));
  writeFileSync(`${root}/../secret`, 'content');
  symlinkSync(`${root}/../secret`, fileOf(HASH));
  await expectCode(registry.downloadArtifact(runId, 'a'), 'REGISTRY_ARTIFACT_DAMAGED', /link/);
});

it('refuses a file where a folder is, and a folder where a file is', async () => {
  const { registry, runId, root } = await prepare();
  await registry.uploadArtifact(runId, 'model/MLmodel', bytes);
  for (const [path, problem] of [
    ['model', /folder is there/],
    ['model/MLmodel/x', /file is where a folder/],
    ['model/MLmodel/x/y', /file is where a folder/],
  ] as const) {
    await expectCode(
      registry.uploadArtifact(runId, path, bytes),
      'REGISTRY_ARTIFACT_PATH',
      problem,
    );
  }
  expect(await registry.downloadArtifact(runId, 'model/MLmodel')).toEqual(bytes);
  expect(readdirSync(`${root}/.uploads`)).toEqual([]);
});

it('leaves no temporary file behind, however an upload ends', async () => {
  const { registry, runId, root } = await prepare();
  await registry.uploadArtifact(runId, 'a', bytes);
  async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(bytes);
    throw new Error('broke off');
  }
  await expect(registry.uploadArtifact(runId, 'a', failing())).rejects.toThrow('broke off');
  const missing = createReadStream(`${root}/nothing`);
  await expect(registry.uploadArtifact(runId, 'a', missing)).rejects.toMatchObject({
    code: 'ENOENT',
  });
  const expected = { sizeBytes: 1 };
  await expectCode(
    registry.uploadArtifact(runId, 'a', bytes, { expected }),
    'REGISTRY_ARTIFACT_DAMAGED',
  );
  await registry.deleteRun(runId);
  await expectCode(registry.uploadArtifact(runId, 'a', bytes), 'REGISTRY_DELETED');
  expect(readdirSync(`${root}/.uploads`)).toEqual([]);
});

it('shows a reader the old file or the new one, never a part of either', async () => {
  const { registry, runId } = await prepare();
  const versions = [1, 2].map((byte) => new Uint8Array(2_000_000).fill(byte));
  await registry.uploadArtifact(runId, 'big', versions[0]!);
  let isWriting = true;
  async function writeOften(): Promise<void> {
    for (let i = 0; i < 20; i++) await registry.uploadArtifact(runId, 'big', versions[i % 2]!);
    isWriting = false;
  }
  async function readOften(): Promise<void> {
    while (isWriting) {
      const read = await registry.downloadArtifact(runId, 'big');
      expect(read.length === 2_000_000 && read.every((byte) => byte === read[0])).toBe(true);
    }
  }
  await Promise.all([writeOften(), readOften()]);
});

it('lets go of the file when a reader leaves early', async () => {
  const { registry, runId, root } = await prepare();
  await registry.uploadArtifact(runId, 'big', new Uint8Array(5_000_000));
  const before = openFiles(root);
  const { content } = await registry.openArtifact(runId, 'big');
  for await (const piece of content) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  expect(openFiles(root)).toBe(before);
});

it('lets go of the file when a reader leaves before the first piece', async () => {
  const { registry, runId, root } = await prepare();
  await registry.uploadArtifact(runId, 'a', bytes);
  const before = openFiles(root);
  const { content } = await registry.openArtifact(runId, 'a');
  const stream = Readable.from(content, { objectMode: false });
  stream.destroy();
  await once(stream, 'close');
  expect(openFiles(root)).toBe(before);
  const again = (await registry.openArtifact(runId, 'a')).content[Symbol.asyncIterator]();
  await again.return!();
  await again.return!();
  expect(await again.next()).toEqual({ done: true, value: undefined });
  expect(openFiles(root)).toBe(before);
});

async function prepare() {
  const folder = temporaryFolder();
  const root = `${folder}/mlartifacts`;
  const registry = await openRegistry(`sqlite:///${folder}/mlflow.db`);
  onTestFinished(() => registry.close());
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
  return {
    registry,
    runId,
    root,
    fileOf: (sha256: string) => `${root}/blobs/${sha256.slice(0, 2)}/${sha256}`,
    files: () =>
      readdirSync(`${root}/blobs`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
  };
}

async function readAll(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of content) expect(piece).toBeInstanceOf(Uint8Array);
}

/** How many files of a folder this process has open, where the system tells. */
function openFiles(folder: string): number {
  if (!existsSync('/proc/self/fd')) return 0;
  return readdirSync('/proc/self/fd', { withFileTypes: true }).filter((entry) => {
    try {
      return readlinkSync(`/proc/self/fd/${entry.name}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}
