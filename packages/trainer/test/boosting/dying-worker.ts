/** The body of a thread that joins a boosting team and dies of the first part that it takes. */
import { parentPort, workerData } from 'node:worker_threads';
import { workForTeam } from '../../src/boosting/team-board.ts';
import { type WorkbenchPlan, openWorkbench } from '../../src/boosting/workbench.ts';
import type { LeaseLetter } from '../../src/threads/thread-pool.ts';

const deaths = {
  exit: () => process.exit(3),
  hoard() {
    for (const heap: string[][] = []; ;) heap.push(Array.from({ length: 1000 }, String));
  },
};

parentPort?.once('message', ({ lease, content }: LeaseLetter<{ plan: WorkbenchPlan }>) => {
  const bench = openWorkbench(content.plan);
  const die = deaths[(workerData as { death: keyof typeof deaths }).death];
  parentPort?.postMessage({ lease, content: 'ready' });
  workForTeam({ ...bench, kernels: { ...bench.kernels, addLeafValues: die } });
});
