import { describe } from 'vitest';
import { artifactsContract } from './artifacts-contract.ts';
import type { OpenRegistryForTest } from './contract-scene.ts';
import { experimentsContract } from './experiments-contract.ts';
import { metricsContract } from './metrics-contract.ts';
import { modelsContract } from './models-contract.ts';
import { runsContract } from './runs-contract.ts';
import { searchRunsContract } from './search-runs-contract.ts';
import { stagesContract } from './stages-contract.ts';

/**
 * The tests that every registry backend must pass. Call it in a test file of the backend.
 *
 * @param name of the backend, as the report shows it.
 * @param open gives a registry of its own to each test, or the same one: names do not collide.
 */
export function registryContract(name: string, open: OpenRegistryForTest): void {
  describe(`${name} keeps the registry contract`, () => {
    experimentsContract(open);
    runsContract(open);
    metricsContract(open);
    searchRunsContract(open);
    artifactsContract(open);
    modelsContract(open);
    stagesContract(open);
  });
}
