import {
  iterateExperiments,
  iterateMetricHistory,
  iterateModelVersions,
  iterateRegisteredModels,
  iterateRuns,
} from '@gnu-mlops/registry-client';
import { describe, expect } from 'vitest';
import { type ContractExceptions, itUsing, itWith } from './contract-exceptions.ts';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does when searches and histories are gone through. */
export function pagesContract(open: OpenRegistryForTest, exceptions: ContractExceptions): void {
  describe('pages', () => {
    itUsing(exceptions)('of runs and experiments are gone through to the end', async () => {
      const { registry, createRun, createExperimentId, freshName } =
        await createContractScene(open);
      const experimentId = await createExperimentId();
      for (let i = 0; i < 5; i++) await createRun(experimentId);
      const experimentIds = [experimentId];
      expect(await count(iterateRuns(registry, { experimentIds, maxResults: 2 }))).toBe(5);
      const name = freshName();
      for (const end of 'abc') await registry.createExperiment(`${name}-${end}`);
      const filter = `name LIKE '${name}%'`;
      expect(await count(iterateExperiments(registry, { filter, maxResults: 3 }))).toBe(3);
    });

    itUsing(exceptions)('of models and versions are gone through to the end', async () => {
      const { registry, createVersions } = await createContractScene(open);
      const [{ name }] = await createVersions(3);
      const filter = `name = '${name}'`;
      expect(await count(iterateModelVersions(registry, { filter, maxResults: 2 }))).toBe(3);
      expect(await count(iterateRegisteredModels(registry, { filter, maxResults: 1 }))).toBe(1);
    });

    itWith(exceptions, 'metric-pages')('of a metric are in the order of its history', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const metrics = Array.from({ length: 7 }, (_, step) => {
        return { key: 'loss', value: 1 / (step + 1), timestamp: SCENE_TIME + step, step };
      });
      await registry.logBatch(runId, { metrics });
      const page = await registry.getMetricPage(runId, 'loss', { maxResults: 3 });
      expect(page.items).toEqual(metrics.slice(0, 3));
      expect(page.nextPageToken).toBeDefined();
      const all = [];
      for await (const point of iterateMetricHistory(registry, { runId, key: 'loss' })) {
        all.push(point);
      }
      expect(all).toEqual(metrics);
      await expectCode(
        registry.getMetricPage(runId, 'loss', { maxResults: 25_001 }),
        'REGISTRY_VALUE_INVALID',
      );
    });
  });
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let found = 0;
  for await (const _item of items) found++;
  return found;
}
