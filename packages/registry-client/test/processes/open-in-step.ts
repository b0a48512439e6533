import { openRegistry } from '../../src/open-registry.ts';

/** Opens one new registry after the other, each at a moment of its own. */
interface Task {
  readonly uris: readonly string[];
  /** Milliseconds since the epoch: when to open the first. */
  readonly startAt: number;
  readonly everyMs: number;
}

process.on('message', (task: Task) => {
  openAll(task).then(
    () => process.send!('opened'),
    (error: unknown) => process.send!(String(error)),
  );
});
process.send!('ready');

async function openAll({ uris, startAt, everyMs }: Task): Promise<void> {
  for (const [i, uri] of uris.entries()) {
    // Busy, as a timer would wake every process at another moment.
    while (Date.now() < startAt + i * everyMs);
    const registry = await openRegistry(uri);
    await registry.ensureExperiment('shared');
    await registry.close();
  }
}
