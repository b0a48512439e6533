import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { openOfflineRun } from '../src/offline/open-offline-run.ts';
import { openRegistry } from '../src/open-registry.ts';
import type { ArtifactContent } from '../src/entities.ts';
import { refuse } from './http/answer-with.ts';

type Upload = (path: string, content: ArtifactContent) => Promise<unknown>;

/** A run of each kind of registry that files can be written to, and of none. */
const kinds: Readonly<Record<string, () => Promise<Upload>>> = {
  'an embedded store': async () => {
    const registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`);
    const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
    return (path, content) => registry.uploadArtifact(runId, path, content);
  },
  'a server': async () => {
    const info = { run_id: 'a1', artifact_uri: 'mlflow-artifacts:/0/a1/artifacts' };
    const registry = await openServer(async (_url, init) => {
      // Long enough for a stream to fail meanwhile.
      await setTimeout(50);
      for await (const _ of (init?.body ?? []) as AsyncIterable<Uint8Array>) continue;
      return Response.json({ run: { info } });
    });
    return (path, content) => registry.uploadArtifact('a1', path, content);
  },
  'an offline run': async () => {
    const run = await openOfflineRun(temporaryFolder(), { experimentName: 'e', startTime: 0 });
    return (path, content) => run.uploadArtifact(path, content);
  },
};

describe.each(Object.entries(kinds))('a stream for %s', (_kind, open) => {
  it('may fail before anybody listens to it, and throws what it failed with', async () => {
    const upload = await open();
    const missing = createReadStream(join(temporaryFolder(), 'missing'));
    await expect(upload('a', missing)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is closed where it is refused', async () => {
    const upload = await open();
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'content');
    const stream = createReadStream(file);
    const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
    await expect(upload('../a', stream)).rejects.toMatchObject({ code: 'REGISTRY_ARTIFACT_PATH' });
    await closed;
  });
});

it('is not waited for where a server refuses what it is for', async () => {
  const registry = await openServer(async () => refuse(404, 'RESOURCE_DOES_NOT_EXIST', 'no'));
  async function* silent(): AsyncGenerator<Uint8Array> {
    yield await new Promise<never>(() => undefined);
  }
  await expect(registry.uploadArtifact('a1', 'a', silent())).rejects.toMatchObject({
    code: 'REGISTRY_RUN_NOT_FOUND',
  });
});

it('leaves the way of an offline run free where it failed', async () => {
  const upload = await kinds['an offline run']!();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw new Error('broke off');
  }
  await expect(upload('model', broken())).rejects.toThrow('broke off');
  await upload('model/MLmodel', new Uint8Array(1));
});

function openServer(fetch: typeof globalThis.fetch) {
  return openRegistry('http://mlflow.example', { http: { fetch } });
}
