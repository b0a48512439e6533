/**
 * The body of a thread that scores tables: it is told a model, says that it is ready, and scores what
 * it is sent. Not to be imported.
 */
import { type RowPredictor, createPredictor } from '@gnu-mlops/predictor';
import { parentPort } from 'node:worker_threads';
import type { RowPredictions } from './added-columns.ts';
import { predictInSlices } from './predict-in-slices.ts';
import type { ScoringAnswer, ScoringTask } from './scoring-thread.ts';

let predict: RowPredictor['predictTable'] | undefined;

parentPort?.on('message', (task: ScoringTask) => {
  if (task.kind === 'prepare') {
    prepare(task);
  } else {
    score(task);
  }
});

/** Of a model that is none, the caller's own predictor knows more: this thread is never ready then. */
function prepare({ model, lease }: Extract<ScoringTask, { kind: 'prepare' }>): void {
  try {
    predict = createPredictor(model).predictTable;
  } catch {
    return;
  }
  answer({ kind: 'ready', lease });
}

/** An error loses its class on the way: the caller's thread meets it again and throws it whole. */
function score({ table, job }: Extract<ScoringTask, { kind: 'score' }>): void {
  let predictions: RowPredictions;
  try {
    predictions = predictInSlices(table, predict!);
  } catch {
    return answer({ kind: 'scored', job, predictions: undefined });
  }
  answer({ kind: 'scored', job, predictions }, memoryOf(predictions));
}

function answer(message: ScoringAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** What goes over without a copy. */
function memoryOf(predictions: RowPredictions): ArrayBuffer[] {
  const arrays =
    predictions.task === 'regression'
      ? [predictions.values]
      : [predictions.labels, predictions.probabilities];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
