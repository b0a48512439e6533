import type { MetricPoint } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type ContractExceptions, itWith } from './contract-exceptions.ts';
import { type OpenRegistryForTest, SCENE_TIME, createContractScene } from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry does with metrics. */
export function metricsContract(open: OpenRegistryForTest, exceptions: ContractExceptions): void {
  describe('metrics', () => {
    it('keeps every value of a metric, and shows the latest', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const points = [0.7, 0.8, 0.75].map((value, step) => point('f1', value, { step }));
      await registry.logBatch(runId, { metrics: points });
      expect(await registry.getMetricHistory(runId, 'f1')).toEqual(points);
      expect((await registry.getRun(runId)).metrics).toEqual({ f1: 0.75 });
    });

    it.each([
      ['the highest step', point('m', 1, { step: 2 }), point('m', 9, { step: 1, time: 9 }), 1],
      ['then the latest time', point('m', 1, { time: 2 }), point('m', 9, { time: 1 }), 1],
      ['then the greatest value', point('m', 9), point('m', 1), 9],
    ])('takes as latest %s, in whatever order they arrive', async (_rule, a, b, latest) => {
      const { registry, createRun } = await createContractScene(open);
      for (const metrics of [
        [a, b],
        [b, a],
      ]) {
        const { runId } = await createRun();
        for (const metric of metrics) await registry.logBatch(runId, { metrics: [metric] });
        expect((await registry.getRun(runId)).metrics).toEqual({ m: latest });
      }
    });

    it('keeps NaN, infinities, tiny and negative numbers as they are', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const values = { nan: NaN, tiny: 5e-324, third: 1 / 3, negative: -2.5, zero: 0 };
      await registry.logBatch(runId, {
        metrics: Object.entries(values).map(([key, value]) => point(key, value)),
      });
      expect((await registry.getRun(runId)).metrics).toEqual(values);
      expect((await registry.getMetricHistory(runId, 'nan'))[0]?.value).toBeNaN();
    });

    it('keeps infinities apart from every number', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      await registry.logBatch(runId, {
        metrics: [point('up', Infinity), point('down', -Infinity)],
      });
      const { metrics } = await registry.getRun(runId);
      expect(metrics['up']).toBeGreaterThanOrEqual(Number.MAX_VALUE);
      expect(metrics['down']).toBeLessThanOrEqual(-Number.MAX_VALUE);
    });

    itWith(exceptions, 'repeated-points')('ignores a point that it has already', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      for (let i = 0; i < 2; i++) {
        await registry.logBatch(runId, { metrics: [point('f1', 0.5), point('nan', NaN)] });
      }
      expect(await registry.getMetricHistory(runId, 'f1')).toHaveLength(1);
      expect(await registry.getMetricHistory(runId, 'nan')).toHaveLength(1);
    });

    it('gives an empty history for a metric that was never logged', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      expect(await registry.getMetricHistory(runId, 'f1')).toEqual([]);
      await expectCode(registry.getMetricHistory('0'.repeat(32), 'f1'), 'REGISTRY_RUN_NOT_FOUND');
    });

    it('takes 1000 metrics at once and no more', async () => {
      const { registry, createRun } = await createContractScene(open);
      const { runId } = await createRun();
      const metrics = Array.from({ length: 1001 }, (_, step) =>
        point('loss', 1 / (step + 1), { step }),
      );
      await registry.logBatch(runId, { metrics: metrics.slice(0, 1000) });
      expect(await registry.getMetricHistory(runId, 'loss')).toHaveLength(1000);
      await expectCode(registry.logBatch(runId, { metrics }), 'REGISTRY_VALUE_INVALID', '1000');
    });
  });
}

function point(
  key: string,
  value: number,
  { step = 0, time = 0 }: { readonly step?: number; readonly time?: number } = {},
): MetricPoint {
  return { key, value, timestamp: SCENE_TIME + time, step };
}
