import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { answerWith, refuse } from './answer-with.ts';

const raced = () =>
  refuse(
    400,
    'BAD_REQUEST',
    '(sqlite3.IntegrityError) UNIQUE constraint failed: datasets.experiment_id, datasets.name',
  );

const found = () => Response.json({ run: { info: { run_id: 'a1', artifact_uri: 'x' } } });

async function logInput(...answers: Response[]) {
  const { fetch, seen } = answerWith(...answers);
  const registry = await openRegistry('http://mlflow.example', { http: { fetch } });
  const dataset = { name: 'rows', digest: 'abc', sourceType: 'local', source: '{}' };
  return { seen, logged: registry.logInputs('a1', [dataset]) };
}

it('logs inputs again where another client wrote the same dataset at the same time', async () => {
  const { seen, logged } = await logInput(raced(), raced(), Response.json({}));
  await logged;
  expect(seen).toHaveLength(3);
  expect(seen[2]!.body).toBe(seen[0]!.body);
});

it('gives up where the server never finds it', async () => {
  const { seen, logged } = await logInput(raced(), raced(), raced(), raced(), found());
  await expectCode(logged, 'REGISTRY_REMOTE_REFUSED', 'UNIQUE constraint');
  expect(seen.filter(({ url }) => url.endsWith('log-inputs'))).toHaveLength(4);
});
