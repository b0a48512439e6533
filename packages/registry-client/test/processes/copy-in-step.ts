import { copyRun } from '../../src/transfer/copy.ts';
import { openRegistry } from '../../src/open-registry.ts';

/** Copies one run after the other, each at a moment of its own. */
interface Task {
  readonly runIds: readonly string[];
  /** Milliseconds since the epoch: when to copy the first. */
  readonly startAt: number;
  readonly everyMs: number;
}

const [fromUri, toUri] = process.argv.slice(2) as [string, string];
const from = await openRegistry(fromUri);
const to = await openRegistry(toUri);
process.on('message', (task: Task) => {
  copyAll(task).then(
    (copies) => process.send!(JSON.stringify(copies)),
    (error: unknown) => process.send!(String(error)),
  );
});
process.send!('ready');

async function copyAll({ runIds, startAt, everyMs }: Task): Promise<string[]> {
  const copies: string[] = [];
  for (const [i, runId] of runIds.entries()) {
    // Busy, as a timer would wake every process at another moment.
    while (Date.now() < startAt + i * everyMs);
    copies.push((await copyRun({ from, to }, { runId })).runId);
  }
  return copies;
}
