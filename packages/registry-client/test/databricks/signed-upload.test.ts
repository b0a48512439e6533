import { randomBytes } from 'node:crypto';
import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../src/registry.ts';
import { createDoubleScene, createModelRun } from './open-on-double.ts';

const MEBIBYTE = 1024 * 1024;
/** Of two parts, and of three. */
const large = randomBytes(8 * MEBIBYTE + 5);
const larger = randomBytes(16 * MEBIBYTE + 5);
const expected9 = { expected: { sizeBytes: 9 } };
const wholes = ['AWS_PRESIGNED_URL', 'GCP_SIGNED_URL'] as const;
const types = [...wholes, 'AZURE_SAS_URI', 'AZURE_ADLS_GEN2_SAS_URI'] as const;

async function* streamOf(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += 3 * MEBIBYTE) {
    yield content.subarray(from, from + 3 * MEBIBYTE);
  }
}

async function createOwners(registry: Registry): Promise<string[]> {
  const { experimentId } = await registry.ensureExperiment('churn');
  const { runId } = await registry.createRun({ experimentId, startTime: 1 });
  const { modelId } = await registry.createLoggedModel({ experimentId, name: 'm' });
  return [runId, modelId];
}

describe.each(types)('a file on its way to an address of the type %s', (artifactStorage) => {
  it.each(['known', 'unknown'] as const)('goes as a stream of %s length', async (length) => {
    const { open, double } = await createDoubleScene({ artifactStorage });
    const registry = await open('databricks');
    for (const ownerId of await createOwners(registry)) {
      const expected = length === 'known' ? { expected: { sizeBytes: large.length } } : {};
      await registry.uploadArtifact(ownerId, 'a/large.bin', streamOf(large), expected);
      await registry.uploadArtifact(ownerId, 'a/small', streamOf(large.subarray(0, 9)), expected9);
      const [path, kept] = [...double.storage.files].find(([key]) => key.endsWith('large.bin'))!;
      expect(kept.equals(large)).toBe(true);
      double.storage.files.delete(path);
      expect(await registry.downloadArtifact(ownerId, 'a/small')).toHaveLength(9);
    }
    expect(double.storage.uploads.size).toBe(0);
  });

  it('is not kept where it is not what was announced', async () => {
    const { open, double } = await createDoubleScene({ artifactStorage });
    const registry = await open('databricks');
    const wrongs = [
      { sizeBytes: large.length - 1 },
      { sizeBytes: large.length, sha256: '0'.repeat(64) },
    ];
    for (const ownerId of await createOwners(registry)) {
      for (const expected of wrongs) {
        await expectCode(
          registry.uploadArtifact(ownerId, 'large.bin', streamOf(large), { expected }),
          'REGISTRY_ARTIFACT_DAMAGED',
        );
      }
    }
    const lengths = [...double.storage.files.values()].map((bytes) => bytes.length);
    expect(lengths.every((kept) => kept === 0)).toBe(true);
  });
});

it('asks for addresses of parts as they are needed, and gives up an upload that fails', async () => {
  const { open, double, timesSeen } = await createDoubleScene();
  const registry = await open('databricks');
  const [runId, modelId] = (await createOwners(registry)) as [string, string];
  const expected = { sizeBytes: larger.length };
  await registry.uploadArtifact(runId, 'known', streamOf(larger), { expected });
  expect(timesSeen('/create-multipart-upload')).toBe(1);
  // One address had expired before it was its turn.
  expect(timesSeen('/get-presigned-upload-part-url')).toBeLessThanOrEqual(1);
  const before = timesSeen('/get-presigned-upload-part-url');
  await registry.uploadArtifact(runId, 'unknown', streamOf(larger));
  expect(timesSeen('/get-presigned-upload-part-url') - before).toBeGreaterThanOrEqual(2);

  async function* torn(): AsyncGenerator<Uint8Array> {
    yield* streamOf(larger);
    throw new Error('torn');
  }
  for (const ownerId of [runId, modelId]) {
    await expect(registry.uploadArtifact(ownerId, 'torn', torn(), { expected })).rejects.toThrow(
      'torn',
    );
  }
  expect(double.seen).toContain('DELETE /storage/file');
  expect(double.storage.uploads.size).toBe(0);
  expect([...double.storage.files.keys()].join()).not.toContain('torn');
});

it('copies large files of versions as streams to the default storage of Unity Catalog', async () => {
  const { open, double } = await createDoubleScene();
  const registry = await open('databricks-uc', { catalog: 'main', schema: 'ml' });
  const { name } = await registry.createRegisteredModel('churn');
  const { source, runId } = await createModelRun(registry);
  double.storage.files.set(`runs/${runId}/model/large.bin`, large);
  await registry.createModelVersion({ name, source, createdAt: 1 });
  const bytes = await registry.downloadModelFile(name, '1', 'large.bin');
  expect(Buffer.from(bytes).equals(large)).toBe(true);
});
