import { expectCode, registryContract } from '@gnu-mlops/test-kit';
import { afterAll, beforeAll, describe, it } from 'vitest';
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
    lacks: ['metric-pages', 'repeated-points', 'null-conditions'],
  });

  it('says that logged models take MLflow 3', async () => {
    const registry = await openRegistry(server.address);
    const experimentIds = ['0'];
    const modelId = `m-${'0'.repeat(32)}`;
    const calls = [
      () => registry.createLoggedModel({ experimentId: '0' }),
      () => registry.getLoggedModel(modelId),
      () => registry.searchLoggedModels({ experimentIds }),
      () => registry.deleteLoggedModel(modelId),
      () => registry.listArtifacts(modelId),
    ];
    for (const call of calls) {
      await expectCode(call(), 'REGISTRY_OPERATION_UNSUPPORTED', 'MLflow 3');
    }
  });
});
