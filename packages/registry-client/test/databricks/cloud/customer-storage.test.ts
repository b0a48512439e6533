import { randomBytes } from 'node:crypto';
import { expectCode } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../../src/registry.ts';
import type { CloudKind, CloudOptions } from '../double/cloud/create-cloud.ts';
import { type DoubleScene, createDoubleScene, createModelRun } from '../open-on-double.ts';

const MEBIBYTE = 1024 * 1024;
const large = randomBytes(9 * MEBIBYTE + 5);
const names = { catalog: 'main', schema: 'ml' };
const clouds = ['s3', 'r2', 'azure', 'gcs'] as const;

interface CloudScene extends DoubleScene {
  readonly registry: Registry;
  readonly name: string;
  /** Of a run with a model. */
  readonly source: string;
  readonly runId: string;
  /** Puts the large file into the model of the run. */
  addLarge(content?: Buffer): void;
  readonly cloud: NonNullable<DoubleScene['double']['cloud']>;
}

async function createCloudScene(
  cloud: CloudOptions,
  options: Parameters<DoubleScene['open']>[2] = {},
): Promise<CloudScene> {
  const scene = await createDoubleScene({ cloud });
  const registry = await scene.open('databricks-uc', names, options);
  const { name } = await registry.createRegisteredModel('churn');
  const run = await createModelRun(registry);
  const { cloud: own, storage } = scene.double;
  const addLarge = (content = large) => {
    storage.files.set(`runs/${run.runId}/model/large.bin`, content);
  };
  return { ...scene, registry, name, ...run, addLarge, cloud: own! };
}

describe.each(clouds)("a version's files in a customer's storage of the kind %s", (kind) => {
  it('are written, listed page by page and read, whatever their names', async () => {
    const { registry, name, source, runId, cloud } = await createCloudScene({ kind });
    const odd = ["a b+c%20'(1)!*.txt", 'é/表&<x>.txt', 'é/z.txt', '#?=;.txt', 'empty.txt'];
    for (const path of odd) {
      const content = path === 'empty.txt' ? '' : path;
      await registry.uploadArtifact(runId, `model/data/${path}`, new TextEncoder().encode(content));
    }
    const version = await registry.createModelVersion({ name, source, createdAt: 1 });
    expect(version.status).toBe('READY');
    const listed = await registry.listModelFiles(name, '1', { folder: 'data' });
    expect(listed).toEqual([
      { path: 'data/#?=;.txt', isFolder: false, sizeBytes: 8 },
      { path: "data/a b+c%20'(1)!*.txt", isFolder: false, sizeBytes: 18 },
      { path: 'data/empty.txt', isFolder: false, sizeBytes: 0 },
      { path: 'data/model.bin', isFolder: false, sizeBytes: 3 },
      { path: 'data/é', isFolder: true },
    ]);
    expect(await registry.listModelFiles(name, '1', { folder: 'data/é' })).toHaveLength(2);
    expect(await registry.listModelFiles(name, '1', { folder: 'data/model.bin' })).toEqual([]);
    expect(await registry.listModelFiles(name, '1', { folder: 'nothing' })).toEqual([]);
    for (const path of odd.slice(0, 4)) {
      const bytes = await registry.downloadModelFile(name, '1', `data/${path}`);
      expect(new TextDecoder().decode(bytes)).toBe(path);
    }
    expect(await registry.downloadModelFile(name, '1', 'data/empty.txt')).toHaveLength(0);
    for (const path of ['data/nothing', 'data', 'data/é']) {
      await expectCode(registry.downloadModelFile(name, '1', path), 'REGISTRY_ARTIFACT_NOT_FOUND');
    }
    expect(cloud.state.uploads.size).toBe(0);
  });

  it('go in parts where they are large, with keys that are renewed when they are refused', async () => {
    const { registry, name, source, addLarge, cloud, timesSeen } = await createCloudScene({
      kind,
      keyUses: 3,
    });
    addLarge();
    await registry.createModelVersion({ name, source, createdAt: 1 });
    for (let i = 0; i < 5; i++) await registry.downloadModelFile(name, '1', 'data/model.bin');
    expect(timesSeen('/generate-temporary-credentials')).toBeGreaterThan(2);
    expect(cloud.state.seen.filter((one) => /^P(UT|ATCH|OST)/.test(one)).length).toBeGreaterThan(4);

    const { content, sizeBytes } = await registry.openModelFile(name, '1', 'large.bin');
    expect(sizeBytes).toBe(large.length);
    const read: Uint8Array[] = [];
    for await (const piece of content) read.push(piece);
    expect(read.length).toBeGreaterThan(10);
    expect(Buffer.concat(read).equals(large)).toBe(true);
    expect(cloud.state.uploads.size).toBe(0);
  });

  it('are asked for with the same keys until a minute before their end', async () => {
    let passed = 0;
    const scene = await createCloudScene(
      { kind, keyLifeMs: 600_000 },
      // The double's signatures and lives go by the clock.
      { now: () => Date.now() + passed },
    );
    const { registry, name, source, timesSeen } = scene;
    await registry.createModelVersion({ name, source, createdAt: 1 });
    const read = () => registry.downloadModelFile(name, '1', 'MLmodel');
    const asked = () => timesSeen('/generate-temporary-credentials');
    await Promise.all(Array.from({ length: 4 }, read));
    const before = asked();
    await read();
    expect(asked()).toBe(before);
    passed = 545_000;
    await read();
    expect(asked()).toBe(before + 1);
  });

  it('leave nothing behind, and no secret in the error, where they cannot be written', async () => {
    const { registry, name, source, addLarge, cloud } = await createCloudScene({
      kind,
      keyUses: 0,
    });
    addLarge();
    const error = await registry
      .createModelVersion({ name, source, createdAt: 1 })
      .catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({
      code: 'REGISTRY_STORAGE_REFUSED',
      status: { s3: 400, r2: 400, azure: 403, gcs: 401 }[kind],
      location: cloud.location(`${name}/1`),
    });
    const told = `${String(error)} ${JSON.stringify(error)}`;
    expect(told).toMatch(/refused to write "\w.*" for version 1 of "main\.ml\.churn"/);
    expect(cloud.secrets.length).toBeGreaterThan(1);
    for (const secret of cloud.secrets) expect(told).not.toContain(secret);
    const filter = `name = '${name}'`;
    expect((await registry.searchModelVersions({ filter })).items).toEqual([]);
    expect([...cloud.state.files.keys()]).toEqual([]);
    expect(cloud.state.uploads.size).toBe(0);
  });

  it('are given up part by part where their source breaks off', async () => {
    const { registry, name, source, addLarge, cloud } = await createCloudScene({ kind });
    addLarge(Object.assign(Buffer.from(large), { isTorn: true }));
    await expectCode(
      registry.createModelVersion({ name, source, createdAt: 1 }),
      'REGISTRY_REMOTE_UNAVAILABLE',
    );
    expect([...cloud.state.files.keys()].filter((key) => key.includes('large'))).toEqual([]);
    expect(cloud.state.uploads.size).toBe(0);
  });
});

it.each(['AWS_SSE_S3', 'AWS_SSE_KMS'] as const)(
  'writes files to S3 encrypted as the service says: %s',
  async (encryption) => {
    const { registry, name, source, addLarge } = await createCloudScene({ kind: 's3', encryption });
    addLarge();
    await registry.createModelVersion({ name, source, createdAt: 1 });
    expect(await registry.downloadModelFile(name, '1', 'large.bin')).toHaveLength(large.length);
  },
);

it('reads the files of the model that has a name now, not of one that had it before', async () => {
  const { registry, name, source, runId, cloud } = await createCloudScene({ kind: 's3' });
  const location = cloud.location.bind(cloud);
  const grant = cloud.grant.bind(cloud);
  let life = 'first';
  Object.assign(cloud, {
    location: (folder: string) => location(`${life}/${folder}`),
    grant: (folder: string, purpose: 'READ') => grant(`${life}/${folder}`, purpose),
  });
  const read = async () =>
    new TextDecoder().decode(await registry.downloadModelFile(name, '1', 'note.txt'));
  for (life of ['first', 'second']) {
    await registry.uploadArtifact(runId, 'model/note.txt', new TextEncoder().encode(life));
    await registry.createModelVersion({ name, source, createdAt: 1 });
    expect(await read()).toBe(life);
    if (life === 'first') {
      await registry.deleteRegisteredModel(name);
      await registry.createRegisteredModel(name);
    }
  }
});

it("asks Amazon once for a bucket's region, without keys, and nobody where it is named", async () => {
  const asks = (scene: CloudScene) =>
    scene.cloud.state.seen.filter((one) => one === 'HEAD managed-bucket.s3.amazonaws.com').length;
  const asking = await createCloudScene({ kind: 's3' });
  await asking.registry.createModelVersion({ ...asking, createdAt: 1 });
  expect(asks(asking)).toBe(1);

  const told = await createDoubleScene({ cloud: { kind: 's3' } });
  const storage = { region: 'eu-central-1' };
  const registry = await told.open('databricks-uc', { ...names, storage });
  const { name } = await registry.createRegisteredModel('churn');
  const { source } = await createModelRun(registry);
  await registry.createModelVersion({ name, source, createdAt: 1 });
  expect(told.double.cloud!.state.seen.join()).not.toContain('HEAD');
});

it('sends again what a resumable upload has not kept, and gives up where it keeps nothing', async () => {
  const keptOfParts = 24 * 256 * 1024;
  const { registry, name, source, addLarge } = await createCloudScene({ kind: 'gcs', keptOfParts });
  addLarge();
  await registry.createModelVersion({ name, source, createdAt: 1 });
  const bytes = await registry.downloadModelFile(name, '1', 'large.bin');
  expect(Buffer.from(bytes).equals(large)).toBe(true);

  const deaf = await createCloudScene({ kind: 'gcs', keptOfParts: 0.5 });
  deaf.addLarge();
  await expectCode(
    deaf.registry.createModelVersion({ ...deaf, createdAt: 1 }),
    'REGISTRY_STORAGE_REFUSED',
    'keeps nothing',
  );
});

it.each<readonly [CloudKind, string]>([
  ['s3', 's3'],
  ['azure', 'abfss'],
  ['gcs', 'gs'],
])('says so where the service gives no keys for storage of %s', async (kind, scheme) => {
  const { registry, name, source, cloud } = await createCloudScene({ kind });
  const grant = cloud.grant.bind(cloud);
  Object.assign(cloud, {
    grant: (...asked: Parameters<typeof grant>) => ({
      storage_mode: 'CUSTOMER_HOSTED',
      expiration_time: (grant(...asked) as { expiration_time: string }).expiration_time,
    }),
  });
  await expectCode(
    registry.createModelVersion({ name, source, createdAt: 1 }),
    'REGISTRY_ARTIFACT_LOCATION',
    scheme,
  );
});

it.each([
  [{ endpoint: 'http://s3.example' }, 'not encrypted'],
  [{ endpoint: 'https://' }, 'no address'],
  [{ region: 'eu/../evil' }, 'no region'],
])('takes no storage %j', async (storage, problem) => {
  const { open } = await createDoubleScene();
  await expectCode(open('databricks-uc', { storage }), 'REGISTRY_URI_UNSUPPORTED', problem);
});
