import { describe } from 'vitest';
import { artifactStreamsContract } from './artifact-streams-contract.ts';
import { artifactsContract } from './artifacts-contract.ts';
import type { ContractExceptions } from './contract-exceptions.ts';
import type { OpenRegistryForTest } from './contract-scene.ts';
import { experimentsContract } from './experiments-contract.ts';
import { loggedModelsContract } from './logged-models-contract.ts';
import { metricsContract } from './metrics-contract.ts';
import { modelChangesContract } from './model-changes-contract.ts';
import { modelsContract } from './models-contract.ts';
import { pagesContract } from './pages-contract.ts';
import { refusalsContract } from './refusals-contract.ts';
import { runChangesContract } from './run-changes-contract.ts';
import { runsContract } from './runs-contract.ts';
import { searchRunsContract } from './search-runs-contract.ts';
import { stagesContract } from './stages-contract.ts';
import { versionChangesContract } from './version-changes-contract.ts';

/**
 * The tests that every registry backend must pass. Call it in a test file of the backend.
 *
 * @param name of the backend, as the report shows it.
 * @param openRegistry gives a registry of its own to each test, or the same one: names do not collide.
 * @param exceptions what the backend cannot do by its nature: nothing, if not given.
 */
export function registryContract(
  name: string,
  openRegistry: OpenRegistryForTest,
  exceptions: ContractExceptions = {},
): void {
  const open = withNames(openRegistry, exceptions);
  describe(`${name} keeps the registry contract`, () => {
    experimentsContract(open, exceptions);
    runsContract(open);
    metricsContract(open, exceptions);
    searchRunsContract(open, exceptions);
    artifactsContract(open);
    loggedModelsContract(open, exceptions);
    artifactStreamsContract(open, exceptions);
    runChangesContract(open, exceptions);
    pagesContract(open, exceptions);
    refusalsContract(open, exceptions);
  });
  modelRegistryContract(name, openRegistry, exceptions);
}

/**
 * The part of them that is about registered models, for a backend that keeps runs as another one
 * does, which the whole contract runs against.
 */
export function modelRegistryContract(
  name: string,
  openRegistry: OpenRegistryForTest,
  exceptions: ContractExceptions = {},
): void {
  const open = withNames(openRegistry, exceptions);
  describe(`${name} keeps the contract of registered models`, () => {
    modelsContract(open, exceptions);
    stagesContract(open);
    modelChangesContract(open, exceptions);
    versionChangesContract(open, exceptions);
  });
}

function withNames(
  openRegistry: OpenRegistryForTest,
  { nameOf }: ContractExceptions,
): OpenRegistryForTest {
  return Object.assign(() => openRegistry(), nameOf === undefined ? {} : { nameOf });
}
