import { join } from 'node:path';
import fc from 'fast-check';
import { fastify } from 'fastify';
import { openRegistry } from '@gnu-mlops/registry-client';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { registryServer } from '../src/index.ts';

const RUN = 'a'.repeat(32);
const MODEL = `m-${'b'.repeat(32)}`;

/** Values that a caller may get wrong: of each type, and what looks like ids and filters. */
const value = fc.oneof(
  fc.constantFrom('0', '1', RUN, MODEL, '', 'm', 'NaN', '%', '..', '\0', '\ud800', null, -1, 1e300),
  fc.constantFrom("metrics.a > 'x'", 'name LIKE', '((', 'ALL', 'READY', 'models:/m/1', 'runs:/'),
  fc.jsonValue({ maxDepth: 2 }),
);
const fields = [
  ...['experiment_id', 'experiment_ids', 'experiment_name', 'run_id', 'run_uuid', 'run_ids'],
  ...['name', 'new_name', 'key', 'value', 'timestamp', 'step', 'metrics', 'params', 'tags'],
  ...['models', 'datasets', 'filter', 'order_by', 'max_results', 'page_token', 'view_type'],
  ...['status', 'end_time', 'start_time', 'version', 'source', 'stage', 'alias', 'model_json'],
  ...['metric_key', 'artifact_location', 'path', 'model_id', 'evidence', 'actor', 'at', 'stages'],
];
const body = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 });

/** What most requests would be right with. */
const right = {
  ...{ experiment_id: '0', experiment_ids: ['0'], experiment_name: 'Default', name: 'm' },
  ...{ new_name: 'n', key: 'k', value: '1', timestamp: 1, version: '1', source: 's3://a/b' },
  ...{ stage: 'Staging', alias: 'best', metric_key: 'k', actor: 'ada', evidence: '{}', at: 1 },
  ...{ models: [], datasets: [], metrics: [{ key: 'k', value: 1, timestamp: 1 }], path: 'a' },
  ...{ model_json: '{}', status: 'FINISHED', run_uuid: RUN },
};

it('answers no request of a caller with 500, whatever is in it', async () => {
  const registry = await openRegistry(`sqlite:///${join(temporaryFolder(), 'mlflow.db')}`);
  const { runId } = await registry.createRun({ experimentId: '0', startTime: 1 });
  await registry.createRegisteredModel('m');
  await registry.createModelVersion({ name: 'm', source: 's3://a/b', createdAt: 1 });
  const server = fastify();
  const routes: { readonly method: string; readonly url: string }[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    if (!/\/3\.0|ajax/.test(url) && typeof method === 'string') routes.push({ method, url });
  });
  await server.register(registryServer, { registry });
  await server.ready();
  expect(routes.length).toBeGreaterThan(60);

  const request = fc.record({
    route: fc.constantFrom(...routes),
    sent: body,
    tail: fc.constantFrom('a', runId, `0/${runId}/artifacts/a`, MODEL, '%00', '%ff', 'x/y'),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, sent, tail }) => {
      const url = route.url.replace(/:\w+/, MODEL).replace('*', tail);
      const isRead = route.method === 'GET' || route.method === 'HEAD';
      const all = { ...right, run_id: runId, ...sent };
      const query = Object.fromEntries(
        Object.entries(all).map(([name, each]) => [name, String(each)]),
      );
      const answer = await server.inject({
        method: route.method as 'GET',
        url,
        ...(isRead ? { query } : { payload: all }),
      });
      expect([answer.statusCode, answer.body]).not.toEqual([500, expect.anything()]);
    }),
    { numRuns: 1200, seed: 7 },
  );
  await server.close();
  await registry.close();
});
