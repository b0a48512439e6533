import type { Artifact } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type OpenRegistryForTest, SCENE_MLMODEL, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

const escapingPaths = [
  '',
  '/etc/passwd',
  '../secret',
  'model/../../secret',
  'model/..',
  './model',
  'model//file',
  'model/',
  'C:\\secret',
  'C:/secret',
  'model\\..\\secret',
  '%2e%2e/secret',
  '..%2fsecret',
  '%252e%252e%252fsecret',
  'model/%2e%2e/%2e%2e/secret',
  '%5c..%5csecret',
  'file\0.txt',
  'file%00.txt',
  `${'a/'.repeat(600)}b`,
  'x'.repeat(256),
];

/** What every registry does with the artifacts of runs and the files of versions. */
export function artifactsContract(open: OpenRegistryForTest): void {
  describe('artifacts', () => {
    it('gives back the bytes that were written, whatever they are', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) & 255);
      await registry.uploadArtifact(runId, 'model/data/model.bin', bytes);
      await registry.uploadArtifact(runId, 'empty', new Uint8Array());
      expect(same(await registry.downloadArtifact(runId, 'model/data/model.bin'), bytes)).toBe(
        true,
      );
      expect(await registry.downloadArtifact(runId, 'empty')).toHaveLength(0);
    });

    it('replaces a file', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.uploadArtifact(runId, 'note.txt', encode('first, and longer'));
      await registry.uploadArtifact(runId, 'note.txt', encode('second'));
      expect(decode(await registry.downloadArtifact(runId, 'note.txt'))).toBe('second');
    });

    it('lists one folder at a time, sorted, with sizes', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      expect(await registry.listArtifacts(runId)).toEqual([]);
      for (const path of ['b.txt', 'model/MLmodel', 'model/data/x.bin', 'a é.txt']) {
        await registry.uploadArtifact(runId, path, encode(path));
      }
      expect(withoutDigests(await registry.listArtifacts(runId))).toEqual([
        { path: 'a é.txt', isFolder: false, sizeBytes: 8 },
        { path: 'b.txt', isFolder: false, sizeBytes: 5 },
        { path: 'model', isFolder: true },
      ]);
      expect(withoutDigests(await registry.listArtifacts(runId, 'model'))).toEqual([
        { path: 'model/MLmodel', isFolder: false, sizeBytes: 13 },
        { path: 'model/data', isFolder: true },
      ]);
      expect(await registry.listArtifacts(runId, 'nothing')).toEqual([]);
    });

    it('throws REGISTRY_ARTIFACT_NOT_FOUND naming the path', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.uploadArtifact(runId, 'model/MLmodel', encode('x'));
      for (const path of ['nothing.txt', 'model', 'model/MLmodel/deeper']) {
        await expectCode(
          registry.downloadArtifact(runId, path),
          'REGISTRY_ARTIFACT_NOT_FOUND',
          path,
        );
      }
    });

    it.each(escapingPaths)('refuses the path %j for writing, reading and listing', async (path) => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await expectCode(registry.uploadArtifact(runId, path, encode('x')), 'REGISTRY_ARTIFACT_PATH');
      await expectCode(registry.downloadArtifact(runId, path), 'REGISTRY_ARTIFACT_PATH');
      if (path !== '') {
        await expectCode(registry.listArtifacts(runId, path), 'REGISTRY_ARTIFACT_PATH');
      }
    });

    it('takes names that only look odd', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      for (const path of ['100%.txt', 'a%20b.txt', '...', 'a..b', '..c', ' x', '.hidden', "it's"]) {
        await registry.uploadArtifact(runId, path, encode(path));
        expect(decode(await registry.downloadArtifact(runId, path))).toBe(path);
      }
    });

    it('throws REGISTRY_RUN_NOT_FOUND for artifacts of an unknown run', async () => {
      const { registry } = await createContractScene(open);
      const unknown = '0'.repeat(32);
      await expectCode(
        registry.uploadArtifact(unknown, 'a', encode('x')),
        'REGISTRY_RUN_NOT_FOUND',
      );
      await expectCode(registry.downloadArtifact(unknown, 'a'), 'REGISTRY_RUN_NOT_FOUND');
      await expectCode(registry.listArtifacts(unknown), 'REGISTRY_RUN_NOT_FOUND');
    });

    it('reads a file of a version through its runs:/ source', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [version] = await createVersions();
      const { name } = version;
      expect(decode(await registry.downloadModelFile(name, '1', 'MLmodel'))).toBe(SCENE_MLMODEL);
      await expectCode(
        registry.downloadModelFile(name, '1', 'nothing'),
        'REGISTRY_ARTIFACT_NOT_FOUND',
      );
      await expectCode(
        registry.downloadModelFile(name, '1', '../../secret'),
        'REGISTRY_ARTIFACT_PATH',
      );
      await expectCode(registry.downloadModelFile(name, '9', 'x'), 'REGISTRY_VERSION_NOT_FOUND');
    });
  });
}

/** Whether a backend tells the digests of files in its lists is its own choice. */
function withoutDigests(artifacts: readonly Artifact[]): Omit<Artifact, 'sha256'>[] {
  return artifacts.map(({ path, isFolder, sizeBytes }) =>
    sizeBytes === undefined ? { path, isFolder } : { path, isFolder, sizeBytes },
  );
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
