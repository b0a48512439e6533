import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isGnuMlopsError } from '@gnu-mlops/core';
import { openRegistry } from '../../src/open-registry.ts';

/** What happened on a disk that became full, and had room again. */
export interface FullDiskReport {
  /** The codes of what failed: a batch, a version, a stage move, an artifact. */
  readonly codes: readonly string[];
  readonly message: string;
  readonly acknowledged: number;
  /** How many of them can be read while the disk is full, and how many after it was not any more. */
  readonly readWhileFull: number;
  readonly readAfterwards: number;
  /** What failed uploads left behind. */
  readonly leftovers: readonly string[];
  readonly integrity: unknown;
}

const folder = process.argv[2]!;
const ballast = `${folder}/ballast`;
writeFileSync(ballast, new Uint8Array(1_000_000));
const path = `${folder}/mlflow.db`;
const registry = await openRegistry(`sqlite:///${path}`);
await registry.createRegisteredModel('m');
const { runId } = await registry.createRun({ experimentId: '0', startTime: 0 });
await registry.uploadArtifact(runId, 'kept', new Uint8Array(1000).fill(7));

const acknowledged: string[] = [];
const codes: string[] = [];
let message = '';

async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    codes.push(isGnuMlopsError(error) ? error.code : String(error));
    message = String(error);
    return false;
  }
}

async function logOne(): Promise<void> {
  const run = await registry.createRun({ experimentId: '0', startTime: 0 });
  const params = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`p${i}`, 'x'.repeat(1000)]),
  );
  await registry.logBatch(run.runId, { params });
  acknowledged.push(run.runId);
}

async function countReadable(): Promise<number> {
  let count = 0;
  for (const id of acknowledged) {
    if (Object.keys((await registry.getRun(id)).params).length === 20) count++;
  }
  return (await registry.downloadArtifact(runId, 'kept')).every((byte) => byte === 7) ? count : -1;
}

while (await attempt(logOne));
const source = `runs:/${runId}`;
await attempt(() =>
  registry.createModelVersion({
    name: 'm',
    source,
    tags: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`t${i}`, 'x'.repeat(50_000)])),
    createdAt: 0,
  }),
);
await attempt(() => registry.uploadArtifact(runId, 'big', new Uint8Array(3_000_000)));
const readWhileFull = await countReadable();
const leftovers = readdirSync(`${folder}/mlartifacts/.uploads`);

rmSync(ballast);
await logOne();
await registry.uploadArtifact(runId, 'kept', new Uint8Array(1000).fill(7));
await registry.createModelVersion({ name: 'm', source, createdAt: 0 });
const readAfterwards = await countReadable();
await registry.close();
const database = new DatabaseSync(path);
const integrity = database.prepare('PRAGMA integrity_check').get()!['integrity_check'];
database.close();
const report: FullDiskReport = {
  codes,
  message,
  acknowledged: acknowledged.length,
  readWhileFull,
  readAfterwards,
  leftovers,
  integrity,
};
process.stdout.write(JSON.stringify(report));
