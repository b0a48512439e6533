import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { answerWith } from './answer-with.ts';

async function searched(filter: string, orderBy: readonly string[] = []): Promise<unknown> {
  const { fetch, seen } = answerWith(Response.json({}));
  const registry = await openRegistry('http://mlflow.example', { http: { fetch } });
  await registry.searchRuns({ experimentIds: ['1'], filter, orderBy });
  return JSON.parse(seen[0]!.body);
}

it.each([
  ['metrics.m > 1e21', '1e21'],
  ['metrics.m > 123456789012345678901234567890', '1.2345678901234568e29'],
  ['metrics.m > -1e-9', '-1e-9'],
  ['metrics.m > 1e400', '1e999'],
  ['metrics.m > -1e400', '-1e999'],
])('writes the number of %s as every MLflow server reads it', async (filter, numeral) => {
  expect(await searched(filter)).toMatchObject({ filter: `metrics.\`m\` > ${numeral}` });
});

it("calls attributes by their own names, where a caller uses those of MLflow's pages", async () => {
  const filter = "attributes.`Run name` = 'a' AND created > 5";
  expect(await searched(filter, ['Created DESC'])).toMatchObject({
    filter: "attributes.run_name = 'a' AND attributes.start_time > 5",
    order_by: ['attributes.start_time DESC'],
  });
});

it('refuses an attribute that is none, whatever objects have', async () => {
  await expectCode(searched("constructor = 'a'"), 'REGISTRY_FILTER_INVALID', 'constructor');
});
