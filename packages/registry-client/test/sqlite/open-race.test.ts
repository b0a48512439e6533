import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it } from 'vitest';
import { openRegistry } from '../../src/open-registry.ts';
import { ask, startProcess } from '../processes/start-process.ts';

it('is made once, whole, by processes that open it at the same moment', async () => {
  const folder = temporaryFolder();
  const processes = await Promise.all(
    Array.from({ length: 3 }, () => startProcess('open-when-told.ts')),
  );
  for (let round = 0; round < 25; round++) {
    const uri = `sqlite:///${folder}/${round}.db`;
    const answers = await Promise.all(processes.map((process) => ask(process, uri)));
    expect(answers).toEqual(['opened', 'opened', 'opened']);
    const registry = await openRegistry(uri);
    const { items } = await registry.searchExperiments({ orderBy: ['experiment_id ASC'] });
    expect(items.map(({ name }) => name)).toEqual(['Default', 'shared']);
    await registry.close();
  }
});
