import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeFetch } from '../../src/http/node-fetch.ts';
import { sha256Hex } from '../../src/sha256.ts';
import { createDoubleScene, createModelRun } from '../databricks/open-on-double.ts';
import { type Moto, startMoto, whyNoMoto } from './start-moto.ts';

const reason = whyNoMoto();
const script = fileURLToPath(new URL('unity-s3.py', import.meta.url));
const column = `'[{"type": "double", "name": "x", "required": true}]'`;
const mlmodel = `flavors: {}\nsignature:\n  inputs: ${column}\n  outputs: ${column}\n`;
const large = randomBytes(13 * 1024 * 1024);

describe.skipIf(reason !== undefined)(`models of Unity Catalog in S3 ${reason ?? ''}`, () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  async function createScene(keys = moto.keys) {
    const scene = await createDoubleScene({
      unityStorage: {
        location: (name, version) => `s3://models/catalog/${name}/${version}`,
        grant: () => ({
          storage_mode: 'CUSTOMER_HOSTED',
          aws_temp_credentials: keys,
          expiration_time: Date.now() + 3_600_000,
        }),
      },
    });
    const own = createNodeFetch({ ca: scene.double.ca });
    const http = {
      fetch: ((url: string, init?: RequestInit) =>
        url.startsWith('https:') ? own(url, init) : fetch(url, init)) as typeof fetch,
    };
    const storage = { endpoint: moto.endpoint };
    const registry = await scene.open('databricks-uc', { storage }, { http });
    const { name } = await registry.createRegisteredModel('main.ml.churn');
    const run = await createModelRun(registry, mlmodel);
    return { ...scene, registry, name, ...run };
  }

  it("are read by MLflow's client as we wrote them, and by us as it wrote them", async () => {
    const { double, registry, name, source, runId } = await createScene();
    const odd = "a b+c%20'(1)!*é&.txt";
    await registry.uploadArtifact(runId, `model/data/${odd}`, new TextEncoder().encode(odd));
    double.storage.files.set(`runs/${runId}/model/large.bin`, large);
    await registry.createModelVersion({ name, source, createdAt: 1 });
    expect(double.violations).toEqual([]);

    const folder = temporaryFolder();
    writeFileSync(`${folder}/ca.pem`, double.ca);
    mkdirSync(`${folder}/model/data`, { recursive: true });
    writeFileSync(`${folder}/model/MLmodel`, mlmodel);
    writeFileSync(`${folder}/model/data/${odd}`, 'from python');
    // Above 10 MB it signs addresses of parts, which moto cannot check.
    const smaller = large.subarray(0, 9 * 1024 * 1024);
    writeFileSync(`${folder}/model/large.bin`, smaller);
    const { stdout } = await promisify(execFile)(
      process.env['GNU_MLOPS_INTEROP_PYTHON']!,
      [script, name, `${folder}/model`],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          DATABRICKS_HOST: double.address,
          DATABRICKS_TOKEN: double.token,
          REQUESTS_CA_BUNDLE: `${folder}/ca.pem`,
          MLFLOW_S3_ENDPOINT_URL: moto.endpoint,
          AWS_DEFAULT_REGION: 'us-east-1',
        },
      },
    );
    // It asks for more than registries need.
    double.violations.splice(0);
    const seen = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
      readonly digests: Record<string, string>;
    };
    expect(seen).toMatchObject({ version: '2', status: 'READY' });
    expect(seen.digests).toEqual({
      MLmodel: sha256Hex(mlmodel),
      'data/model.bin': sha256Hex(new Uint8Array(3)),
      [`data/${odd}`]: sha256Hex(odd),
      'large.bin': sha256Hex(large),
    });

    expect(await registry.listModelFiles(name, '2', { folder: 'data' })).toEqual([
      { path: `data/${odd}`, isFolder: false, sizeBytes: 11 },
    ]);
    const bytes = await registry.downloadModelFile(name, '2', 'large.bin');
    expect(Buffer.from(bytes).equals(smaller)).toBe(true);
    const text = await registry.downloadModelFile(name, '2', `data/${odd}`);
    expect(new TextDecoder().decode(text)).toBe('from python');
    await expectCode(
      registry.downloadModelFile(name, '2', 'data/nothing'),
      'REGISTRY_ARTIFACT_NOT_FOUND',
    );
  });

  it('are refused with a key that is wrong, since the server checks signatures', async () => {
    const { registry, name, source } = await createScene({
      ...moto.keys,
      secret_access_key: 'hush',
    });
    const error: unknown = await registry
      .createModelVersion({ name, source, createdAt: 1 })
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({
      code: 'REGISTRY_STORAGE_REFUSED',
      status: 403,
      storageCode: 'SignatureDoesNotMatch',
    });
    expect(String(error)).not.toContain('hush');
  });
});
