import type { Worker } from 'node:worker_threads';
import { TrainingWorkerError } from '../errors.ts';
import type { ThreadHost } from '../forest/thread-host.ts';
import { MOST_PARTS } from './boosting-memory.ts';
import type { Crew, Cut } from './crew.ts';
import type { OperationName } from './operations.ts';
import { closeBoard, leadTeam } from './team-board.ts';
import { type Workbench, type WorkbenchPlan, openWorkbench } from './workbench.ts';

/** The leader's own tools, and the threads that join in. */
export interface TeamCrew extends Crew {
  readonly bench: Workbench;
  /** Settles when all threads have arrived; work may begin before. */
  readonly ready: Promise<void>;
}

/**
 * Start threads beside the caller's. A thread that has not arrived yet, or that the machine gives no
 * time, holds nobody up: the others take its parts.
 *
 * @throws {TrainingWorkerError} from `run`, when a thread has failed or died.
 */
export function createTeamCrew(
  plan: WorkbenchPlan,
  team: { readonly threads: number; readonly host: ThreadHost },
): TeamCrew {
  const bench = openWorkbench(plan);
  const workers = Array.from({ length: team.threads - 1 }, () => team.host.startWorker(plan));
  let failure: unknown;
  let isClosed = false;
  for (const worker of workers) {
    worker.on('error', (error) => (failure ??= error));
    worker.on('exit', (code) => {
      if (!isClosed) failure ??= new Error(`exit code ${code}`);
    });
  }
  return {
    bench,
    ready: Promise.all(workers.map(arrival)).then(() => {}),
    run(operation, cut) {
      if (failure !== undefined) throw new TrainingWorkerError(failure);
      return runTogether(bench, team.threads, { operation, cut });
    },
    async close() {
      isClosed = true;
      closeBoard(bench);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function arrival(worker: Worker): Promise<void> {
  return new Promise((resolve) => worker.once('message', () => resolve()));
}

function runTogether(
  bench: Workbench,
  threads: number,
  { operation, cut }: { readonly operation: OperationName; readonly cut: Cut },
): number[] {
  const { extent, grain, align } = cut;
  const wanted = Math.min(threads, MOST_PARTS, Math.max(1, Math.floor(extent / grain)));
  const partSize = Math.max(1, Math.ceil(Math.ceil(extent / wanted) / align)) * align;
  const partCount = Math.ceil(extent / partSize);
  try {
    leadTeam(bench, { operation, extent, partSize, partCount });
  } catch (error) {
    throw new TrainingWorkerError(error);
  }
  return [...Array.from({ length: partCount }, (_, part) => part * partSize), extent];
}
