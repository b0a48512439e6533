import type { MeasureFoldTask, OpenFoldsTask, ScoreFoldTask } from '../fold-tasks.ts';
import type { ForestTask } from '../forest/forest-task.ts';

/** To have the code ready for a forest that is on its way. */
export interface ExpectForestTask {
  readonly kind: 'expect_forest';
}

/** What a worker thread can be asked to do. */
export type ThreadTask =
  ExpectForestTask | ForestTask | OpenFoldsTask | ScoreFoldTask | MeasureFoldTask;
