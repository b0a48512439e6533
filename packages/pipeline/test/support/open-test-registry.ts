import { join } from 'node:path';
import { type Registry, openRegistry } from '@gnu-mlops/registry-client';
import { createFakeClock, temporaryFolder } from '@gnu-mlops/test-kit';
import { onTestFinished } from 'vitest';

/** An embedded registry of the running test's own, and the clock that it goes by. */
export async function openTestRegistry(): Promise<{
  registry: Registry;
  now: () => number;
  folder: string;
}> {
  const folder = temporaryFolder();
  const { now } = createFakeClock();
  const registry = await openRegistry(`sqlite:///${join(folder, 'mlflow.db')}`, { now });
  onTestFinished(() => registry.close());
  return { registry, now, folder };
}
