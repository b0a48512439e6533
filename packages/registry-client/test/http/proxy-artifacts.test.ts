import { expectCode } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { answerWith } from './answer-with.ts';

const run = () =>
  Response.json({
    run: { info: { run_id: 'a1', artifact_uri: 'mlflow-artifacts:/0/a1/artifacts' } },
  });
const failure = () => new Response('', { status: 500 });
const listing = (...paths: string[]) =>
  Response.json({ files: paths.map((path) => ({ path, is_dir: false, file_size: 1 })) });

function open(...answers: Response[]) {
  const { fetch, seen } = answerWith(run(), ...answers);
  return {
    seen,
    registry: openRegistry('http://mlflow.example', { http: { fetch, random: () => 0 } }),
  };
}

it('takes a failure for a missing file where the folder has none of that name', async () => {
  const { registry, seen } = open(failure(), listing('other.txt'));
  await expectCode(
    (await registry).downloadArtifact('a1', 'data/a b.txt'),
    'REGISTRY_ARTIFACT_NOT_FOUND',
    'data/a b.txt',
  );
  expect(seen).toHaveLength(3);
  expect(seen[2]!.url).toContain('?path=0%2Fa1%2Fartifacts%2Fdata');
});

it('tries again where the file is there', async () => {
  const { registry, seen } = open(failure(), listing('a.txt'), failure(), new Response('content'));
  const bytes = await (await registry).downloadArtifact('a1', 'a.txt');
  expect(new TextDecoder().decode(bytes)).toBe('content');
  expect(seen).toHaveLength(5);
});
