import type { MeasureFoldTask, OpenFoldsTask, ScoreFoldTask } from '../fold-tasks.ts';
import type { ForestTask } from '../forest/forest-task.ts';

/** What a worker thread can be asked to do. */
export type ThreadTask = ForestTask | OpenFoldsTask | ScoreFoldTask | MeasureFoldTask;
