import { describe, it } from 'vitest';
import type { ContractExceptions } from './contract-exceptions.ts';
import { type OpenRegistryForTest, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What a backend cannot do, it says so by a code, whatever it is asked. */
export function refusalsContract(
  open: OpenRegistryForTest,
  { refuses = [] }: ContractExceptions,
): void {
  if (refuses.length === 0) return;
  describe('what it cannot do', () => {
    it.each(refuses)('throws REGISTRY_OPERATION_UNSUPPORTED for %s', async (operation) => {
      const { registry } = await createContractScene(open);
      const call = registry[operation] as (...parameters: unknown[]) => Promise<unknown>;
      await expectCode(call.call(registry), 'REGISTRY_OPERATION_UNSUPPORTED', operation);
    });
  });
}
