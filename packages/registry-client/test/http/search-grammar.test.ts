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

it.each([
  ['start_time > 9223372036854775807', '> 9223372036854775807'],
  ['start_time > 1e400', '> 9223372036854775807'],
  ['start_time >= -99999999999999999999', '>= -9223372036854775808'],
  ['start_time = 9007199254740994', '= 9007199254740994'],
  ['start_time < 1.7e12', '< 1700000000000'],
  ['start_time < 0.5', '< 0.5'],
])('writes the whole number of %s as databases of 64 bits hold it', async (filter, comparison) => {
  expect(await searched(filter)).toMatchObject({ filter: `attributes.start_time ${comparison}` });
});

it('finds a model whose name holds both kinds of quotes among those with names like it', async () => {
  const name = `it's a "90%" \\_`;
  const others = ["it's a 90% \\_", `it's a x90%y __`, name.toUpperCase()];
  const models = [...others, name].map((found) => ({ name: found }));
  const filter = `name = '${name.replaceAll("'", "''")}' AND tags.t = 'a'`;
  const answer = { registered_models: models, model_versions: models, next_page_token: 'n' };
  const { fetch, seen } = answerWith(Response.json(answer), Response.json(answer));
  const registry = await openRegistry('http://mlflow.example', { http: { fetch } });

  const found = await registry.searchRegisteredModels({ filter });
  const versions = await registry.searchModelVersions({ filter });

  expect(found).toMatchObject({ items: [{ name }], nextPageToken: 'n' });
  expect(versions).toMatchObject({ items: [{ name }], nextPageToken: 'n' });
  for (const { url } of seen) {
    const asked = new URL(url).searchParams.get('filter');
    expect(asked).toBe("name LIKE \"it's a _90%_ __\" AND tags.`t` = 'a'");
  }
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
