import { TrainingWorkerError } from '../errors.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';
import { MOST_PARTS } from './boosting-memory.ts';
import type { Crew, Cut } from './crew.ts';
import { closeBoard, leadTeam } from './team-board.ts';
import { type Workbench, type WorkbenchPlan, openWorkbench } from './workbench.ts';

/** The leader's own tools, and the threads that join in. */
export interface TeamCrew extends Crew {
  readonly bench: Workbench;
  /** Settles when all threads have arrived; work may begin before. */
  readonly ready: Promise<void>;
}

/**
 * Lead threads of a pool beside the caller's own. A thread that has not arrived yet, or that the machine gives no
 * time, holds nobody up: the others take its parts.
 *
 * @throws {TrainingWorkerError} from `run`, when a thread has failed or died, be it in mid-part.
 */
export function createTeamCrew(
  plan: WorkbenchPlan,
  team: { readonly threads: number; readonly pool: ThreadPool },
): TeamCrew {
  const bench = openWorkbench(plan);
  const helpers = Array.from({ length: team.threads - 1 }, () => team.pool.lend()).filter(
    (thread) => thread !== undefined,
  );
  let failure: unknown;
  function checkHelpers(): void {
    if (helpers.some((helper) => helper.isDead())) throw new Error('it ended in mid-work');
  }
  const arrivals = helpers.map(
    (helper) =>
      new Promise<void>((resolve) => {
        helper.listen({
          onMessage: () => resolve(),
          onFailure(error) {
            failure ??= error;
            resolve();
          },
        });
        helper.post({ kind: 'boosting', plan });
      }),
  );
  return {
    bench,
    ready: Promise.all(arrivals).then(() => {}),
    run(operation, cut) {
      if (failure !== undefined) throw new TrainingWorkerError(failure);
      const { partCount, partSize } = shareOut(cut, 1 + helpers.length);
      try {
        leadTeam(bench, { operation, extent: cut.extent, partSize, partCount }, checkHelpers);
      } catch (error) {
        throw new TrainingWorkerError(error);
      }
      return [...Array.from({ length: partCount }, (_, part) => part * partSize), cut.extent];
    },
    close() {
      closeBoard(bench);
      for (const helper of helpers) helper.release();
      return Promise.resolve();
    },
  };
}

function shareOut(
  { extent, grain, align }: Cut,
  threads: number,
): { readonly partSize: number; readonly partCount: number } {
  const wanted = Math.min(threads, MOST_PARTS, Math.max(1, Math.floor(extent / grain)));
  const partSize = Math.max(1, Math.ceil(Math.ceil(extent / wanted) / align)) * align;
  return { partSize, partCount: Math.ceil(extent / partSize) };
}
