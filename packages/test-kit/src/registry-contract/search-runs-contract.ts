import type { Registry } from '@gnu-mlops/registry-client';
import { describe, expect, it } from 'vitest';
import { type ContractExceptions, itWith } from './contract-exceptions.ts';
import {
  type ContractScene,
  type OpenRegistryForTest,
  SCENE_TIME,
  createContractScene,
} from './contract-scene.ts';
import { expectCode } from './expect-code.ts';

/** What every registry answers to searches for runs. */
export function searchRunsContract(
  open: OpenRegistryForTest,
  exceptions: ContractExceptions,
): void {
  describe('search for runs', () => {
    it.each([
      [undefined, 'dcba'],
      ['', 'dcba'],
      ['metrics.f1 > 0.7', 'cb'],
      ['metrics.f1 >= 0.7 AND metrics.f1 < 0.9', 'ba'],
      ['metrics.f1 != 0.8', 'ca'],
      [`params.algorithm = 'forest'`, 'ba'],
      [`params.algorithm != 'forest'`, 'c'],
      [`params.algorithm LIKE 'log%'`, 'c'],
      [`params.algorithm ILIKE 'LOG%'`, 'c'],
      [`params.algorithm LIKE 'LOG%'`, ''],
      ["tags.`data set` = 'telco'", 'b'],
      [`tags."data set" = 'telco'`, 'b'],
      [`tag.team = "crm" and metric.f1 <= 0.8`, 'ba'],
      [`attributes.run_name = 'run c'`, 'c'],
      [`run_name LIKE 'run _'`, 'dcba'],
      [`attributes.status = 'FINISHED'`, 'd'],
      [`attributes.start_time >= ${SCENE_TIME + 2}`, 'dc'],
      [`datasets.name = 'churn.csv' AND dataset.context = 'training'`, 'a'],
      [`datasets.digest IN ('d1', 'd2')`, 'a'],
      [`tags.team = 'it''s' OR 1`, undefined],
      [`metrics.f1 > 'high'`, undefined],
      [`params.algorithm > 'forest'`, undefined],
      ['metrics.f1 >', undefined],
      [`attributes.color = 'red'`, undefined],
      [`params.algorithm = 'forest' params.depth = '3'`, undefined],
    ])('finds by %j', async (filter, expected) => {
      const scene = await createContractScene(open);
      const experimentIds = [await createFourRuns(scene)];
      const request = { experimentIds, ...(filter === undefined ? {} : { filter }) };
      if (expected === undefined) {
        await expectCode(scene.registry.searchRuns(request), 'REGISTRY_FILTER_INVALID');
        return;
      }
      expect(names(await scene.registry.searchRuns(request))).toBe(expected);
    });

    itWith(exceptions, 'null-conditions').each([
      ['params.algorithm IS NULL', 'd'],
      ['tags.team IS NOT NULL', 'cba'],
    ])('finds by %j', async (filter, expected) => {
      const scene = await createContractScene(open);
      const experimentIds = [await createFourRuns(scene)];
      expect(names(await scene.registry.searchRuns({ experimentIds, filter }))).toBe(expected);
    });

    it.each([
      [['metrics.f1 DESC'], 'cbad'],
      [['metrics.f1 ASC'], 'abcd'],
      [['metrics.f1'], 'abcd'],
      [['params.algorithm ASC', 'metrics.f1 DESC'], 'bacd'],
      [['attributes.start_time ASC'], 'abcd'],
      [['tags.`data set` DESC'], 'bdca'],
      [['attributes.run_name DESC'], 'dcba'],
    ])('orders by %j, with missing values last', async (orderBy, expected) => {
      const scene = await createContractScene(open);
      const experimentIds = [await createFourRuns(scene)];
      expect(names(await scene.registry.searchRuns({ experimentIds, orderBy }))).toBe(expected);
    });

    it('puts NaN after every number and before missing, either way', async () => {
      const { registry, createExperimentId } = await createContractScene(open);
      const experimentId = await createExperimentId();
      for (const [runName, value] of [
        ['n', NaN],
        ['m', undefined],
        ['1', 1],
        ['2', 2],
      ] as const) {
        const { runId } = await registry.createRun({
          experimentId,
          runName,
          startTime: SCENE_TIME,
        });
        if (value === undefined) continue;
        const metric = { key: 'f1', value, timestamp: SCENE_TIME, step: 0 };
        await registry.logBatch(runId, { metrics: [metric] });
      }
      const search = (orderBy: string) =>
        registry.searchRuns({ experimentIds: [experimentId], orderBy: [orderBy] });
      expect(names(await search('metrics.f1 ASC'))).toBe('12nm');
      expect(names(await search('metrics.f1 DESC'))).toBe('21nm');
    });

    it('finds by a list of run ids', async () => {
      const scene = await createContractScene(open);
      const experimentIds = [await createFourRuns(scene)];
      const { items } = await scene.registry.searchRuns({ experimentIds });
      const ids = `('${items[0]!.runId}', '${items[3]!.runId}')`;
      const search = (filter: string) => scene.registry.searchRuns({ experimentIds, filter });
      expect(names(await search(`attributes.run_id IN ${ids}`))).toBe('da');
      expect(names(await search(`attributes.run_id NOT IN ${ids}`))).toBe('cb');
    });

    it('gives pages that neither repeat nor skip', async () => {
      const scene = await createContractScene(open);
      const experimentIds = [await createFourRuns(scene)];
      let found = '';
      let pageToken: string | undefined;
      let pages = 0;
      do {
        const page = await scene.registry.searchRuns({
          experimentIds,
          maxResults: 3,
          ...(pageToken === undefined ? {} : { pageToken }),
        });
        found += names(page);
        pageToken = page.nextPageToken;
        pages++;
      } while (pageToken !== undefined);
      expect(found).toBe('dcba');
      expect(pages).toBe(2);
    });

    it('searches several experiments, and none but those', async () => {
      const scene = await createContractScene(open);
      const one = await createFourRuns(scene);
      const two = await createFourRuns(scene);
      await createFourRuns(scene);
      const { items } = await scene.registry.searchRuns({ experimentIds: [one, two] });
      expect(new Set(items.map(({ experimentId }) => experimentId))).toEqual(new Set([one, two]));
      expect(items).toHaveLength(8);
    });

    it('finds nothing in an experiment that is not there', async () => {
      const scene = await createContractScene(open);
      await scene.createRun();
      for (const id of ['999999999', 'x', '', '00', '0x0', '-1']) {
        expect((await scene.registry.searchRuns({ experimentIds: [id] })).items).toEqual([]);
      }
      expect((await scene.registry.searchRuns({ experimentIds: [] })).items).toEqual([]);
    });

    it('refuses a page token, a page size or an order that makes no sense', async () => {
      const { registry } = await createContractScene(open);
      const search = (request: Partial<Parameters<Registry['searchRuns']>[0]>) =>
        registry.searchRuns({ experimentIds: ['0'], ...request });
      await expectCode(search({ pageToken: '!!' }), 'REGISTRY_PAGE_TOKEN_INVALID');
      await expectCode(search({ maxResults: 0 }), 'REGISTRY_VALUE_INVALID');
      await expectCode(search({ maxResults: 50_001 }), 'REGISTRY_VALUE_INVALID', '50000');
      await expectCode(search({ orderBy: ['metrics.f1 UPWARDS'] }), 'REGISTRY_ORDER_BY_INVALID');
      await expectCode(search({ orderBy: ['attributes.color'] }), 'REGISTRY_ORDER_BY_INVALID');
    });
  });
}

/** Runs "run a" to "run d", a millisecond apart; "run d" has neither metrics nor parameters. */
async function createFourRuns({ registry, createExperimentId }: ContractScene): Promise<string> {
  const experimentId = await createExperimentId();
  const facts = [
    { f1: 0.7, algorithm: 'forest', tags: { team: 'crm' } },
    { f1: 0.8, algorithm: 'forest', tags: { team: 'crm', 'data set': 'telco' } },
    { f1: 0.9, algorithm: 'logistic', tags: { team: 'ops' } },
  ];
  const runIds: string[] = [];
  for (const [i, letter] of ['a', 'b', 'c', 'd'].entries()) {
    const run = await registry.createRun({
      experimentId,
      runName: `run ${letter}`,
      startTime: SCENE_TIME + i,
      tags: facts[i]?.tags ?? {},
    });
    runIds.push(run.runId);
  }
  for (const [i, { f1, algorithm }] of facts.entries()) {
    await registry.logBatch(runIds[i]!, {
      metrics: [{ key: 'f1', value: f1, timestamp: SCENE_TIME, step: 0 }],
      params: { algorithm },
    });
  }
  const dataset = { name: 'churn.csv', digest: 'd1', sourceType: 'local', source: '{}' };
  await registry.logInputs(runIds[0]!, [{ ...dataset, context: 'training' }]);
  await registry.updateRun(runIds[3]!, { status: 'FINISHED', endTime: SCENE_TIME + 9 });
  return experimentId;
}

function names(page: Awaited<ReturnType<Registry['searchRuns']>>): string {
  return page.items.map(({ runName }) => runName.replace('run ', '')).join('');
}
