import type { MeasureFoldTask, OpenFoldsTask, ScoreFoldTask } from '../fold-tasks.ts';
import type { WorkbenchPlan } from '../boosting/workbench.ts';
import type { ForestTask } from '../forest/forest-task.ts';

/** To have the code ready for a forest that is on its way. */
export interface ExpectForestTask {
  readonly kind: 'expect_forest';
}

/** To take parts of the operations that a boosting's leader posts, until it closes its board. */
export interface HelpToBoostTask {
  readonly kind: 'boosting';
  readonly plan: WorkbenchPlan;
}

/** What a worker thread can be asked to do. */
export type ThreadTask =
  ExpectForestTask | ForestTask | HelpToBoostTask | OpenFoldsTask | ScoreFoldTask | MeasureFoldTask;

/** Bytes of the memory that a task shares with the thread. */
export function sharedBytes(task: ThreadTask): number {
  if (task.kind === 'forest') return task.source.memory.buffer.byteLength;
  return task.kind === 'boosting' ? task.plan.source.memory.buffer.byteLength : 0;
}
