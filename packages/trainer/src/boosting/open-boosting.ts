import { compileKernels } from '../kernels/compile-kernels.ts';
import { SPLITS } from '../kernels/job-layout.ts';
import { reserveMemory } from '../kernels/reserve-memory.ts';
import { openThreadPool } from '../threads/thread-pool.ts';
import type { FitContext } from '../fit-context.ts';
import type { BoostingTask } from './boost.ts';
import { CATEGORIES_PER_COLUMN, JOB, SIBLING_JOB, planMemory } from './boosting-memory.ts';
import type { CategoryChoice } from './choose-categories.ts';
import { chooseThreads } from './choose-threads.ts';
import { type Crew, createSoloCrew } from './crew.ts';
import { type Desk, openDesk } from './desk.ts';
import { openObjective } from './open-objective.ts';
import { createTeamCrew } from './team-crew.ts';
import { type Workbench, type WorkbenchPlan, openWorkbench } from './workbench.ts';

/**
 * Take memory, code and threads for a task.
 *
 * @throws {TrainingMemoryError} when there is not enough memory.
 */
export async function openBoosting(
  task: BoostingTask,
  context: FitContext,
  categories: CategoryChoice,
): Promise<Desk> {
  const { matrix, settings, weights } = task;
  const { rowCount } = matrix;
  const columnCounts = categories.map((codes) =>
    codes === undefined ? 1 : Math.ceil(codes.length / CATEGORIES_PER_COLUMN),
  );
  const layout = planMemory({
    rowCount,
    columnCount: columnCounts.reduce((sum, count) => sum + count, 0),
    hasWideFeature: columnCounts.some((count) => count > 1),
    outputCount: openObjective(settings.objective).outputCount,
    leafCount: mostLeaves(task),
    isWeighted: weights.some((weight) => weight !== 1),
  });
  const need = { bytes: layout.bytes, rowCount, featureCount: matrix.columns.length };
  const source = reserveMemory(need, await compileKernels());
  const isConstrained =
    settings.l1 > 0 ||
    settings.maxStep < Infinity ||
    settings.monotone.some((direction) => direction !== 0);
  const plan: WorkbenchPlan = {
    source,
    objective: settings.objective,
    search: isConstrained ? 'constrained' : 'kernel',
  };
  const { bench, crew } = gather(plan, task, context);
  const desk = openDesk(bench, crew, layout);
  for (const [field, address] of layout.addresses) {
    for (const job of [JOB, SIBLING_JOB]) desk.write(job, field, address);
  }
  desk.write(SIBLING_JOB, SPLITS, layout.siblingSplits);
  return desk;
}

function mostLeaves({ settings, matrix }: BoostingTask): number {
  const byRows = Math.floor(matrix.rowCount / Math.max(1, settings.minRowsPerLeaf));
  return Math.max(1, Math.min(settings.maxLeaves, 2 ** settings.maxDepth, byRows));
}

function gather(
  plan: WorkbenchPlan,
  task: BoostingTask,
  context: FitContext,
): { bench: Workbench; crew: Crew } {
  const pool = context.pool ?? openThreadPool();
  const threads = chooseThreads(task, pool.available, context.threads);
  if (threads > 1) {
    const { bench, run, close } = createTeamCrew(plan, { threads, pool });
    const closeAll = () => close().then(() => pool.close());
    return { bench, crew: { run, close: context.pool === undefined ? closeAll : close } };
  }
  const bench = openWorkbench(plan);
  return { bench, crew: createSoloCrew(bench) };
}
