import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Registry, openRegistry, verifyLedger } from '@gnu-mlops/registry-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRegistryServer, startRegistryServer } from '../../src/index.ts';
import { runPython, whyNoModules } from './python.ts';

/** A folder with MLflow 2.22, put before the one that the Python has; undefined: skip. */
const mlflow2 = process.env['GNU_MLOPS_INTEROP_MLFLOW_2'];
const noModules = whyNoModules(['mlflow', 'sklearn', 'pandas']);

const clients = [
  { of: 'MLflow', version: /^3\./, env: {}, reason: noModules },
  {
    of: 'MLflow 2',
    version: /^2\.22\./,
    env: { PYTHONPATH: mlflow2 },
    reason: noModules ?? (mlflow2 === undefined ? '(set GNU_MLOPS_INTEROP_MLFLOW_2)' : undefined),
  },
];

for (const { of, version, env, reason } of clients) {
  describe.skipIf(reason !== undefined)(`the unmodified client of ${of} ${reason ?? ''}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-server-'));
    let registry: Registry;
    let server: RunningRegistryServer;
    let told: { readonly mlflow: string; readonly run: string; readonly modelRun: string };

    beforeAll(async () => {
      registry = await openRegistry(`sqlite:///${folder}/mlflow.db`);
      server = await startRegistryServer({
        registry,
        listen: { host: '127.0.0.1', port: 0 },
        rateLimit: 'off',
      });
    });
    afterAll(async () => {
      await server.stop({ patienceMs: 0 });
      await registry.close();
      rmSync(folder, { recursive: true });
    });

    it('logs, registers, searches, loads back and moves stages', async () => {
      const script = join(import.meta.dirname, 'mlflow_client.py');
      const printed = await runPython([script, server.url], { env });
      told = JSON.parse(printed.trim().split('\n').at(-1)!) as typeof told;
      expect(told.mlflow).toMatch(version);
    });

    it('leaves a run in the registry with everything that was logged', async () => {
      const run = await registry.getRun(told.run);
      expect(run).toMatchObject({
        runName: 'parent',
        status: 'FINISHED',
        params: { alpha: '0.5', solver: 'lbfgs' },
        metrics: { loss: 0.4, nan: NaN },
      });
      const big = await registry.listArtifacts(told.run, 'blobs');
      expect(big).toMatchObject([{ path: 'blobs/big.bin', sizeBytes: 12_000_000 }]);
    });

    it('leaves versions whose files can be read without the server', async () => {
      const version = await registry.findVersionByStage('iris', 'GNU_Production');
      expect(version?.version).toBe('2');
      const model = await registry.downloadModelFile('iris', '2', 'MLmodel');
      expect(new TextDecoder().decode(model)).toContain('loader_module: mlflow.sklearn');
    });

    it('moves our stages by the aliases that follow them, as the ledger tells', async () => {
      const ledger = await registry.readLedger('iris');
      expect(ledger).toMatchObject([
        { version: '1', toStage: 'GNU_Production', displacedVersion: null },
        { version: '2', toStage: 'GNU_Production', displacedVersion: '1' },
      ]);
      expect(verifyLedger(ledger).isValid).toBe(true);
    });
  });
}
