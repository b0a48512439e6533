import { join } from 'node:path';
import { type Registry, openRegistry, verifyLedger } from '@gnu-mlops/registry-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MlflowServer,
  startMlflowServer,
} from '../../../registry-client/test/interop/start-mlflow-server.ts';
import { type RunningRegistryServer, startRegistryServer } from '../../src/index.ts';
import { runPython, whyNoModules } from './python.ts';

const reason = whyNoModules(['mlflow', 'sklearn', 'pandas']);

describe.skipIf(reason !== undefined)(
  `a server before one of MLflow, asked by MLflow's unmodified client ${reason ?? ''}`,
  () => {
    let behind: MlflowServer;
    let registry: Registry;
    let server: RunningRegistryServer;
    let told: { readonly run: string };

    beforeAll(async () => {
      behind = await startMlflowServer();
      registry = await openRegistry(behind.address);
      server = await startRegistryServer({
        registry,
        listen: { host: '127.0.0.1', port: 0 },
        rateLimit: 'off',
        onFailure: (error) => console.error(error),
      });
    });
    afterAll(async () => {
      await server?.stop({ patienceMs: 0 });
      await registry?.close();
      await behind?.stop();
    });

    it('logs, registers, searches, loads back and moves stages', async () => {
      const script = join(import.meta.dirname, 'mlflow_client.py');
      const printed = await runPython([script, server.url]);
      told = JSON.parse(printed.trim().split('\n').at(-1)!) as typeof told;
    });

    it('leaves everything with the server behind it', async () => {
      const direct = await openRegistry(behind.address);
      expect(await direct.getRun(told.run)).toMatchObject({
        runName: 'parent',
        params: { alpha: '0.5', solver: 'lbfgs' },
        metrics: { loss: 0.4 },
      });
      const model = await direct.downloadModelFile('iris', '2', 'MLmodel');
      expect(new TextDecoder().decode(model)).toContain('loader_module: mlflow.sklearn');
      const ledger = await direct.readLedger('iris');
      expect(ledger).toMatchObject([
        { version: '1', toStage: 'GNU_Production', displacedVersion: null },
        { version: '2', toStage: 'GNU_Production', displacedVersion: '1' },
      ]);
      expect(verifyLedger(ledger).isValid).toBe(true);
      await direct.close();
    });
  },
);
