import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openOfflineRun } from '../../src/offline/open-offline-run.ts';
import { syncOfflineRuns } from '../../src/offline/sync-offline-runs.ts';
import { openRegistry } from '../../src/open-registry.ts';
import { copyExperiment, copyModel, copyRun } from '../../src/transfer/copy.ts';
import { exportModel } from '../../src/transfer/export.ts';
import { importModel } from '../../src/transfer/import.ts';
import { expectSameRun } from '../transfer/expect-same-run.ts';
import {
  MODEL_BYTES,
  failingAfter,
  logRun,
  openEmbedded,
  registerModel,
  runsOf,
} from '../transfer/transfer-scene.ts';
import { type MlflowServer, startMlflowServer, whyNoMlflow } from './start-mlflow-server.ts';

const reason = whyNoMlflow();
const mover = { actor: 'mover', now: () => 100_000 };

/** What a team's Python wrote before it came here. */
const writeModel = `
import sys, mlflow
from mlflow import MlflowClient
mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("python")
class Double(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[float], params=None):
        return [2 * x for x in model_input]
with mlflow.start_run(run_name="tuning"):
    with mlflow.start_run(run_name="trial", nested=True) as run:
        mlflow.log_params({"depth": 3})
        for step in range(1200):
            mlflow.log_metric("loss", 1 / (step + 1), step=step) if step % 100 == 0 else None
        mlflow.pyfunc.log_model(name="double", python_model=Double(), registered_model_name="doubling")
        mlflow.set_tag("team", "crm")
client = MlflowClient()
client.set_registered_model_alias("doubling", "champion", 1)
client.set_registered_model_alias("doubling", "best", 1)
client.update_registered_model("doubling", description="twice as much")
`;

const readModel = `
import sys, mlflow
mlflow.set_tracking_uri(sys.argv[1])
print(mlflow.pyfunc.load_model("models:/" + sys.argv[2] + "@champion").predict([1.0, 4.0]))
`;

describe.skipIf(reason !== undefined)(`from and to a real MLflow server ${reason ?? ''}`, () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflowServer();
  }, 180_000);
  afterAll(() => server.stop());

  const python = (script: string, ...parameters: string[]) =>
    execFileSync(
      process.env['GNU_MLOPS_INTEROP_PYTHON']!,
      ['-W', 'ignore', '-c', script, server.address, ...parameters],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  async function openServer() {
    const registry = await openRegistry(server.address, { userId: 'ada' });
    onTestFinished(() => registry.close());
    return registry;
  }

  it('takes a model there and back, through a copy that died, with stages and ledger', async () => {
    const from = await openEmbedded();
    const there = await openServer();
    const back = await openEmbedded();
    await registerModel(from);
    const request = { name: 'churn', ...mover };
    await expect(copyModel({ from, to: failingAfter(there, 40) }, request)).rejects.toThrow(
      'killed',
    );
    const copied = await copyModel({ from, to: there }, request);
    expect(copied).toMatchObject({ stages: 'copied', aliases: ['best'] });
    expect(await runsOf(there)).toHaveLength(3);
    const again = await copyModel({ from, to: there }, request);
    expect(again.versions.map(({ outcome }) => outcome)).toEqual(Array(3).fill('unchanged'));
    expect(again.moveCount).toBe(0);

    await copyModel({ from: there, to: back }, request);
    expect((await back.findRegisteredModel('churn'))?.aliases).toEqual(
      (await from.findRegisteredModel('churn'))?.aliases,
    );
    expect((await back.readLedger('churn')).map(({ at, actor }) => [at, actor])).toEqual(
      (await from.readLedger('churn')).map(({ at, actor }) => [at, actor]),
    );
    expect(await back.downloadModelFile('churn', '2', 'data/trees.bin')).toEqual(MODEL_BYTES);
    const [original] = await runsOf(from);
    const [onServer] = await runsOf(there);
    const at = (registry: typeof from, runId: string) => ({ registry, runId });
    await expectSameRun(at(from, original!.runId), at(there, onServer!.runId));
  });

  it('takes what the Python client wrote here, by copy and by export, and back for Python to load', async () => {
    python(writeModel);
    const there = await openServer();
    const here = await openEmbedded();
    const runs = await copyExperiment({ from: there, to: here }, { name: 'python' });
    expect(runs.runs.map(({ runName }) => runName)).toEqual(['tuning', 'trial']);
    const trial = await here.getRun(runs.runs[1]!.runId);
    expect(trial.tags['mlflow.parentRunId']).toBe(runs.runs[0]!.runId);
    expect(trial.modelOutputs).toHaveLength(1);
    expect(await here.getMetricHistory(trial.runId, 'loss')).toHaveLength(12);
    const copied = await copyModel({ from: there, to: here }, { name: 'doubling', ...mover });
    expect(copied).toMatchObject({ aliases: ['best'], stages: 'copied' });
    expect(await here.findVersionByStage('doubling', 'GNU_Production')).toMatchObject({
      source: `models:/${trial.modelOutputs[0]!.modelId}`,
    });

    const folder = join(temporaryFolder(), 'export');
    await exportModel(here, { name: 'doubling', folder, now: mover.now });
    await importModel(there, {
      folder,
      newName: 'doubling-again',
      experimentName: 'again',
      ...mover,
    });
    expect(python(readModel, 'doubling-again')).toContain('[2.0, 8.0]');
  });

  it('sends a run that was logged offline', async () => {
    const there = await openServer();
    const folder = temporaryFolder();
    const offline = await openOfflineRun(folder, { experimentName: 'offline', startTime: 1000 });
    await offline.logBatch({
      params: { depth: '3' },
      metrics: [
        { key: 'f1', value: 0.5, timestamp: 1, step: 0 },
        { key: 'loss', value: Infinity, timestamp: 1, step: 0 },
      ],
    });
    await offline.uploadArtifact('notes/a b.txt', new TextEncoder().encode('offline'));
    await offline.update({ status: 'FINISHED', endTime: 2000 });
    await offline.close();
    const send = () => syncOfflineRuns(there, { folders: [folder] });
    const sent = await Promise.all([send(), send()]);
    const [run, ...others] = await runsOf(there, 'offline');
    expect(others).toEqual([]);
    expect(sent.flat().map(({ runId }) => runId)).toEqual([run!.runId, run!.runId]);
    expect(run).toMatchObject({ status: 'FINISHED', endTime: 2000, params: { depth: '3' } });
    const file = await there.downloadArtifact(run!.runId, 'notes/a b.txt');
    expect(new TextDecoder().decode(file)).toBe('offline');
  });

  it('gets one copy of a run that several clients copy there at once', async () => {
    const from = await openEmbedded();
    const { runId } = await logRun(from, { experimentName: 'copied at once' });
    const clients = await Promise.all([1, 2, 3, 4].map(() => openServer()));
    await clients[0]!.ensureExperiment('copied at once');
    const copies = await Promise.all(clients.map((to) => copyRun({ from, to }, { runId })));
    expect(new Set(copies.map((copy) => copy.runId)).size).toBe(1);
    expect(await runsOf(clients[0]!, 'copied at once')).toHaveLength(1);
    const copy = { registry: clients[0]!, runId: copies[0]!.runId };
    await expectSameRun({ registry: from, runId }, copy);
  });

  it('copies a run within the server into another experiment', async () => {
    const there = await openServer();
    const { runId } = await logRun(there, { experimentName: 'first' });
    const copied = await copyRun({ from: there, to: there }, { runId, experimentName: 'second' });
    await expectSameRun({ registry: there, runId }, { registry: there, runId: copied.runId });
  });
});
