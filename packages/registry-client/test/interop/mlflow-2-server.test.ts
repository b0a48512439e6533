import { expectCode, registryContract } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { type MlflowServer, startMlflowServer, whyNoMlflow } from './start-mlflow-server.ts';

const reason = whyNoMlflow('mlflow 2');

describe.skipIf(reason !== undefined)(`a real server of MLflow 2 ${reason ?? ''}`, () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflowServer('mlflow 2');
  }, 180_000);
  afterAll(() => server.stop());

  registryContract('the HTTP registry', () => openRegistry(server.address), {
    refuses: ['collectGarbage'],
    refusesOnceAsked: ['createLoggedModel', 'deleteExperimentTag'],
    lacks: ['metric-pages'],
  });

  it('says that logged models take MLflow 3', async () => {
    const registry = await openRegistry(server.address);
    const experimentIds = ['0'];
    const asked = [
      registry.createLoggedModel({ experimentId: '0' }),
      registry.getLoggedModel(`m-${'0'.repeat(32)}`),
      registry.searchLoggedModels({ experimentIds }),
      registry.deleteLoggedModel(`m-${'0'.repeat(32)}`),
    ];
    for (const one of asked) await expectCode(one, 'REGISTRY_OPERATION_UNSUPPORTED', 'MLflow 3');
    expect((await registry.searchRuns({ experimentIds })).items).toBeDefined();
  });
});
