import { isGnuMlopsError } from '@gnu-mlops/core';
import { expectCode, temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { iterateRuns } from '../../src/iterate-pages.ts';
import type { Registry } from '../../src/registry.ts';

it('knows OR and parentheses, which MLflow does not', async () => {
  const registry = await openWithRuns();
  expect(await search(registry, `params.a = '1' OR params.a = '3'`)).toBe('13');
  expect(await search(registry, `params.a = '1' OR params.a = '3' AND metrics.m > 2.5`)).toBe('13');
  expect(await search(registry, `(params.a = '1' OR params.a = '3') AND metrics.m > 2.5`)).toBe(
    '3',
  );
});

it('says that NaN differs from a number, and compares it no other way', async () => {
  const registry = await openWithRuns();
  expect(await search(registry, 'metrics.m != 1')).toBe('234');
  expect(await search(registry, 'metrics.m > -1e308')).toBe('123');
  expect(await search(registry, 'metrics.m <= 1e308')).toBe('123');
});

it('finds what was never logged, or set', async () => {
  const registry = await openWithRuns();
  const { items } = await registry.searchRuns({ experimentIds: ['0'], filter: "run_name = '2'" });
  await registry.logBatch(items[0]!.runId, { params: { b: 'x' }, tags: { 'a b': 'y' } });
  await registry.updateRun(items[0]!.runId, { endTime: 9 });
  expect(await search(registry, 'params.b IS NULL')).toBe('134');
  expect(await search(registry, 'params.b IS NOT NULL')).toBe('2');
  expect(await search(registry, 'tags.`a b` IS NULL AND metrics.m > 2')).toBe('3');
  expect(await search(registry, 'metrics.m IS NULL')).toBe('');
  expect(await search(registry, 'attributes.end_time IS NULL')).toBe('134');
  expect(await search(registry, 'attributes.end_time != 5')).toBe('2');
  await expect(search(registry, 'datasets.name IS NULL')).rejects.toThrow(/never NULL/);
});

it('takes ids as numbers or as texts', async () => {
  const registry = await openWithRuns();
  const found = async (filter: string) =>
    (await registry.searchExperiments({ filter })).items.map(({ name }) => name);
  await registry.createExperiment('one');
  expect(await found(`experiment_id = '1'`)).toEqual(['one']);
  expect(await found(`experiment_id IN ('1', '7')`)).toEqual(['one']);
  expect(await found('experiment_id != 1')).toEqual(['Default']);
  expect(await found('experiment_id < 9223372036854775808')).toHaveLength(2);
  expect(await found("experiment_id IN ('1', '99999999999999999999')")).toEqual(['one']);
  await expect(found(`experiment_id = 'x'`)).rejects.toThrow(/whole number/);
  await expect(found(`experiment_id LIKE '1'`)).rejects.toThrow(/whole number/);
});

it('compares and orders infinities as numbers', async () => {
  const registry = await openWithRuns();
  const { runId } = await registry.createRun({ experimentId: '0', runName: '∞', startTime: 9 });
  const metric = { key: 'm', value: Infinity, timestamp: 0, step: 0 };
  await registry.logBatch(runId, { metrics: [metric] });
  expect((await registry.getRun(runId)).metrics).toEqual({ m: Infinity });
  expect(await search(registry, 'metrics.m > 1e308')).toBe('∞');
  const ordered = await registry.searchRuns({ experimentIds: ['0'], orderBy: ['metrics.m DESC'] });
  expect(ordered.items.map(({ runName }) => runName).join('')).toBe('∞3214');
});

it('takes keys and values as they are, never as SQL', async () => {
  const registry = await openWithRuns();
  const odd = `x' OR 1=1; DROP TABLE runs; --`;
  const quoted = odd.replaceAll("'", "''");
  expect(await search(registry, `params.a = '${quoted}'`)).toBe('');
  expect(await search(registry, `tags.\`${odd}\` = 'a'`)).toBe('');
  expect(await search(registry, `attributes.run_id IN ('${quoted}')`)).toBe('');
  expect(await search(registry, `run_name LIKE '${quoted}'`)).toBe('');
  const orderBy = [`metrics.\`m) DESC; DROP TABLE runs; --\` DESC`];
  expect((await registry.searchRuns({ experimentIds: ['0'], orderBy })).items).toHaveLength(4);
  expect(await search(registry, '')).toBe('1234');
});

it('answers or refuses any filter, and never breaks on one', async () => {
  const registry = await openWithRuns();
  const key = fc.constantFrom(
    'metrics.m',
    'params.a',
    'tags.`x y`',
    'run_id',
    'start_time',
    'end_time',
    'datasets.name',
    'status',
    '__proto__',
    'attributes.constructor',
  );
  const operator = fc.constantFrom('=', '!=', '<', '>=', 'LIKE', 'ILIKE', 'IN', 'NOT IN');
  const text = fc.string({ unit: 'binary' }).map((value) => `'${value.replaceAll("'", "''")}'`);
  const value = fc.oneof(
    text,
    fc.double().map(String),
    fc.array(text).map((all) => `(${all.join(',')})`),
  );
  const condition = fc.tuple(key, operator, value).map((parts) => parts.join(' '));
  const filters = fc
    .array(condition, { minLength: 1, maxLength: 4 })
    .map((all) => all.join(' OR '));
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      try {
        await search(registry, filter);
      } catch (error) {
        expect(isGnuMlopsError(error) && error.code).toBe('REGISTRY_FILTER_INVALID');
      }
    }),
    { numRuns: 500 },
  );
});

it('names the nearest attribute for one that is not there', async () => {
  const registry = await openWithRuns();
  await expect(
    search(registry, `params.a = '1' AND attributes.run_nam = 'x'`),
  ).rejects.toMatchObject({
    code: 'REGISTRY_FILTER_INVALID',
    position: 19,
    message: expect.stringContaining('Did you mean "run_name"') as string,
  });
  await expect(registry.searchExperiments({ filter: 'metrics.m > 1' })).rejects.toMatchObject({
    message: expect.stringContaining('metrics cannot be searched here') as string,
  });
  await expect(
    registry.searchModelVersions({ filter: `datasets.name = 'x'` }),
  ).rejects.toMatchObject({
    message: expect.stringContaining('datasets cannot be searched here') as string,
  });
});

it.each(["version_number = ''", "version_number != ' '", "version_number IN ('1', '0x2')"])(
  'takes no text for a version number that is none: %s',
  async (filter) => {
    const registry = await openWithRuns();
    await expectCode(registry.searchModelVersions({ filter }), 'REGISTRY_FILTER_INVALID', /whole/);
  },
);

it('gives a token with a page that something follows, and none with the last', async () => {
  const registry = await openWithRuns();
  const page = (maxResults: number) => registry.searchRuns({ experimentIds: ['0'], maxResults });
  expect((await page(3)).nextPageToken).toBeDefined();
  expect((await page(4)).nextPageToken).toBeUndefined();
});

it('finds versions by stage', async () => {
  const registry = await openWithRuns();
  const { name } = await registry.createRegisteredModel('m');
  for (let i = 0; i < 2; i++) {
    await registry.createModelVersion({ name, source: 'elsewhere', createdAt: 0 });
  }
  await registry.moveStage({
    name,
    version: '2',
    stage: 'Staging',
    expectedHolder: null,
    actor: 'ada',
    reason: '',
    evidence: '{}',
    at: 0,
  });
  const { items } = await registry.searchModelVersions({ filter: `stage = 'Staging'` });
  expect(items.map(({ version }) => version)).toEqual(['2']);
});

/** Runs 1 to 4 with parameter `a` of that number, and metric `m` likewise; that of 4 is NaN. */
it('goes through numbers, NaN and missing values of a metric page by page, in several experiments', async () => {
  const registry = await openWithRuns();
  const { experimentId } = await registry.createExperiment('other');
  const values = [0.3, NaN, 0.1, undefined, 0.2, NaN, undefined, 0.3];
  const expected = { DESC: '07421536', ASC: '24071536' };
  for (const [i, value] of values.entries()) {
    const { runId } = await registry.createRun({
      experimentId: i % 2 === 0 ? '0' : experimentId,
      runName: `paged-${i}`,
      startTime: 1_000_000 - i,
    });
    if (value === undefined) continue;
    const metric = { key: 'paged', value, timestamp: 0, step: 0 };
    await registry.logBatch(runId, { metrics: [metric] });
  }
  const request = { experimentIds: ['0', experimentId], filter: "run_name LIKE 'paged-%'" };
  for (const direction of ['DESC', 'ASC'] as const) {
    for (const maxResults of [1, 3, 8, 100]) {
      let found = '';
      const orderBy = [`metrics.paged ${direction}`];
      for await (const run of iterateRuns(registry, { ...request, orderBy, maxResults })) {
        found += run.runName.slice('paged-'.length);
      }
      expect([maxResults, found]).toEqual([maxResults, expected[direction]]);
    }
  }
});

async function openWithRuns(): Promise<Registry> {
  const registry = await openRegistry(`sqlite:///${temporaryFolder()}/mlflow.db`);
  onTestFinished(() => registry.close());
  for (const [i, runName] of ['1', '2', '3', '4'].entries()) {
    const { runId } = await registry.createRun({ experimentId: '0', runName, startTime: i });
    await registry.logBatch(runId, {
      params: { a: runName },
      metrics: [{ key: 'm', value: runName === '4' ? NaN : i + 1, timestamp: 0, step: 0 }],
    });
  }
  return registry;
}

async function search(registry: Registry, filter: string): Promise<string> {
  const orderBy = ['start_time ASC'];
  const { items } = await registry.searchRuns({ experimentIds: ['0'], filter, orderBy });
  return items.map(({ runName }) => runName).join('');
}
