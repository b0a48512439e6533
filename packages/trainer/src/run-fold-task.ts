import type {
  FoldMeasurement,
  FoldScores,
  MeasureFoldTask,
  OpenFoldsTask,
  ScoreFoldTask,
} from './fold-tasks.ts';
import { learnFromRows, scoreRows } from './learning-task.ts';
import { openFoldMeasurer } from './search/fold-measurer.ts';

/** Do what a thread is asked about a fold. */
export function runFoldTask(
  opened: OpenFoldsTask,
  task: ScoreFoldTask | MeasureFoldTask,
): Promise<FoldScores | FoldMeasurement> {
  return task.kind === 'score_fold' ? scoreFold(opened, task) : measureFold(opened, task);
}

/** Errors are not told, as they would lose their class on the way: the fold is done again there. */
async function scoreFold(
  { task, folds, threads }: OpenFoldsTask,
  { fold }: ScoreFoldTask,
): Promise<FoldScores> {
  const { train, test } = folds[fold]!;
  try {
    const learned = await learnFromRows(task, train, { threads });
    return { fold, outputs: scoreRows(task, learned, test) };
  } catch {
    return { fold, outputs: undefined };
  }
}

async function measureFold(
  opened: OpenFoldsTask,
  { hyperparameters, fold }: MeasureFoldTask,
): Promise<FoldMeasurement> {
  const { measure } = openFoldMeasurer(opened, { threads: opened.threads });
  try {
    return { outcome: await measure(hyperparameters, fold) };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}
