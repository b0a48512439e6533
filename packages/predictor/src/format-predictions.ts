import type { ClassPredictions, Predictions } from '@gnu-mlops/model';
import type { Prediction } from './prediction.ts';

/** One object a row, in row order. */
export function formatPredictions(predictions: Predictions): Prediction[] {
  if (predictions.task === 'regression') {
    return Array.from(predictions.values, (prediction) => ({ prediction }));
  }
  const rows: Prediction[] = [];
  for (let row = 0; row < predictions.rowCount; row++) rows.push(formatRow(predictions, row));
  return rows;
}

function formatRow({ classes, labels, probabilities }: ClassPredictions, row: number): Prediction {
  const start = row * classes.length;
  const label = labels[row]!;
  return {
    prediction: classes[label]!,
    probability: probabilities[start + label]!,
    // Unlike assignment, this makes an own property of a class named __proto__ too.
    probabilities: Object.fromEntries(
      classes.map((name, index) => [name, probabilities[start + index]!] as const),
    ),
  };
}
