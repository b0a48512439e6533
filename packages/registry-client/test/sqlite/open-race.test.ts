import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { ask, startProcess } from '../processes/start-process.ts';

const PROCESSES = 4;

it('is made once, whole, by processes that open it at the same moment', async () => {
  const folder = temporaryFolder();
  const uris = Array.from({ length: 20 }, (_, i) => `sqlite:///${folder}/${i}.db`);
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, () => startProcess('open-in-step.ts')),
  );
  const task = { uris, startAt: Date.now() + 50, everyMs: 30 };
  const answers = await Promise.all(processes.map((process) => ask(process, task)));
  expect(answers).toEqual(Array(PROCESSES).fill('opened'));
  for (const uri of uris) {
    const registry = await openRegistry(uri);
    const { items } = await registry.searchExperiments({ orderBy: ['experiment_id ASC'] });
    expect(items.map(({ name }) => name)).toEqual(['Default', 'shared']);
    await registry.close();
  }
});
