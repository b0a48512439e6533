import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { isGnuMlopsError } from '@gnu-mlops/core';
import type { LedgerEntry } from '../../src/entities.ts';
import { openRegistry } from '../../src/open-registry.ts';

/** What the process says on its output once it is done: it must still be there after a kill. */
export type Acknowledgement =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'batch'; readonly runId: string }
  | { readonly kind: 'artifact'; readonly runId: string; readonly byte: number }
  | { readonly kind: 'logged model'; readonly modelId: string }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'move'; readonly entry: LedgerEntry };

const [uri, experimentId, modelName] = process.argv.slice(2, 5) as [string, string, string];
const [metricCount, artifactBytes] = process.argv.slice(5).map(Number) as [number, number];
const registry = await openRegistry(uri);
// A killed process would not write what it compiled, and the next one would start as slowly.
flushCompileCache();

/** Written at once, so that nothing acknowledged waits in a buffer of the process. */
function acknowledge(acknowledgement: Acknowledgement): void {
  writeSync(1, `${JSON.stringify(acknowledgement)}\n`);
}

for (let i = 0; ; i++) {
  const { runId } = await registry.createRun({ experimentId, startTime: i });
  acknowledge({ kind: 'run', runId });
  const metrics = Array.from({ length: metricCount }, (_, step) => {
    return { key: 'loss', value: step, timestamp: i, step };
  });
  await registry.logBatch(runId, { metrics, params: { first: '1', last: '2' } });
  acknowledge({ kind: 'batch', runId });
  const byte = i & 255;
  await registry.uploadArtifact(runId, 'model/data.bin', new Uint8Array(artifactBytes).fill(byte));
  acknowledge({ kind: 'artifact', runId, byte });
  const { modelId } = await registry.createLoggedModel({ experimentId, sourceRunId: runId });
  await registry.uploadArtifact(modelId, 'MLmodel', new Uint8Array(artifactBytes).fill(byte));
  await registry.finalizeLoggedModel(modelId, 'READY');
  acknowledge({ kind: 'logged model', modelId });
  await registry.uploadArtifact(runId, 'replaced', new TextEncoder().encode(runId));
  await registry.uploadArtifact(runId, 'replaced', new Uint8Array(1).fill(byte));
  await registry.collectGarbage({ deletedBefore: i, mode: 'remove' });
  acknowledge({ kind: 'garbage' });
  const { version } = await registry.createModelVersion({
    name: modelName,
    source: `runs:/${runId}/model`,
    createdAt: i,
  });
  acknowledge({ kind: 'version', version });
  const holder = await registry.findVersionByStage(modelName, 'GNU_Production');
  try {
    const entry = await registry.moveStage({
      name: modelName,
      version,
      stage: 'GNU_Production',
      expectedHolder: holder?.version ?? null,
      actor: `process ${process.pid}`,
      reason: `round ${i}`,
      evidence: '{}',
      at: i,
    });
    acknowledge({ kind: 'move', entry });
  } catch (error) {
    if (!isGnuMlopsError(error) || error.code !== 'REGISTRY_STAGE_CONFLICT') throw error;
  }
}
