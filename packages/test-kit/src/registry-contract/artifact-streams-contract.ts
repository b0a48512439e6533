import { type ArtifactContent, walkArtifacts } from '@gnu-mlops/registry-client';
import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing } from './contract-exceptions.ts';
import { type OpenRegistryForTest, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with artifacts as streams, their digests and their end. */
export function artifactStreamsContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('artifact streams', () => {
    itUsing(exceptions, 'openArtifact')('come back piece by piece as they went in', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const pieces = [70_000, 0, 1, 300_000].map((length, i) => new Uint8Array(length).fill(i + 1));
      const digest = await registry.uploadArtifact(runId, 'data/big.bin', stream(pieces));
      expect(digest.sizeBytes).toBe(370_001);
      expect(digest.sha256).toMatch(/^[0-9a-f]{64}$/);
      const { content } = await registry.openArtifact(runId, 'data/big.bin');
      const counts = new Map<number, number>();
      for await (const piece of content) {
        for (const byte of piece) counts.set(byte, (counts.get(byte) ?? 0) + 1);
      }
      expect(Object.fromEntries(counts)).toEqual({ 1: 70_000, 3: 1, 4: 300_000 });
    });

    itUsing(exceptions, 'openArtifact')('say the SHA-256 of what was written', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      const expected = { sizeBytes: 3, sha256 };
      const content = new TextEncoder().encode('abc');
      expect(await registry.uploadArtifact(runId, 'abc', content, { expected })).toEqual(expected);
      const opened = await registry.openArtifact(runId, 'abc');
      expect(opened.sha256 ?? sha256).toBe(sha256);
      for await (const piece of opened.content) expect(piece).toEqual(content);
    });

    itUsing(exceptions)(
      'that are not what was announced throw REGISTRY_ARTIFACT_DAMAGED, and are not kept',
      async () => {
        const { registry, createRun } = await createContractScene(open);
        const { runId } = await createRun();
        const content = new TextEncoder().encode('abc');
        for (const expected of [{ sizeBytes: 4 }, { sha256: '0'.repeat(64) }]) {
          await expectCode(
            registry.uploadArtifact(runId, 'abc', content, { expected }),
            'REGISTRY_ARTIFACT_DAMAGED',
            'abc',
          );
        }
        await expectCode(registry.downloadArtifact(runId, 'abc'), 'REGISTRY_ARTIFACT_NOT_FOUND');
      },
    );

    itUsing(exceptions)('that fail on their way leave the file as it was', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.uploadArtifact(runId, 'note', new TextEncoder().encode('before'));
      const failing = stream([new Uint8Array(100_000)], new Error('the source broke off'));
      await expect(registry.uploadArtifact(runId, 'note', failing)).rejects.toThrow();
      expect(await registry.downloadArtifact(runId, 'note')).toHaveLength(6);
    });

    itUsing(exceptions)('that are aborted reject with the reason', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const abort = new AbortController();
      const reason = new Error('changed my mind');
      abort.abort(reason);
      const { signal } = abort;
      const content = new Uint8Array(3);
      await expect(registry.uploadArtifact(runId, 'a', content, { signal })).rejects.toBe(reason);
      await registry.uploadArtifact(runId, 'a', content);
      await expect(registry.downloadArtifact(runId, 'a', { signal })).rejects.toBe(reason);
    });

    itUsing(exceptions, 'deleteArtifact')('are deleted, one or a folder at a time', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      for (const path of ['a', 'model/b', 'model/deep/c', 'models/d']) {
        await registry.uploadArtifact(runId, path, new TextEncoder().encode(path));
      }
      await registry.deleteArtifact(runId, 'a');
      await registry.deleteArtifact(runId, 'model');
      expect(await pathsOf(registry, runId)).toEqual(['models/d']);
      await expectCode(
        registry.deleteArtifact(runId, 'model'),
        'REGISTRY_ARTIFACT_NOT_FOUND',
        'model',
      );
      await expectCode(registry.deleteArtifact(runId, '../x'), 'REGISTRY_ARTIFACT_PATH');
    });

    itUsing(exceptions)('are walked through, folder by folder', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      for (const path of ['z', 'model/b', 'model/deep/c', 'a']) {
        await registry.uploadArtifact(runId, path, new TextEncoder().encode(path));
      }
      expect(await pathsOf(registry, runId)).toEqual(['a', 'model/b', 'model/deep/c', 'z']);
    });
  });
}

async function pathsOf(
  registry: Parameters<typeof walkArtifacts>[0],
  ownerId: string,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of walkArtifacts(registry, { ownerId })) paths.push(path);
  return paths;
}

async function* stream(pieces: readonly Uint8Array[], failure?: Error): ArtifactContentPieces {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
  if (failure !== undefined) throw failure;
}

type ArtifactContentPieces = AsyncGenerator<Uint8Array, void, undefined> & ArtifactContent;
