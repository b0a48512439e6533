import type { Prediction } from '@gnu-mlops/predictor';
import { formatMetric } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** One line a row: the prediction and, for classes, how probable each is. */
export function formatPredictions(predictions: readonly Prediction[], style: Style): string {
  if (predictions.length === 0) return 'No rows, no predictions.\n';
  const classes = Object.keys(predictions[0]!.probabilities ?? {});
  return formatTable(
    [
      { title: 'row', align: 'right' },
      { title: 'prediction' },
      ...(classes.length === 0 ? [] : [{ title: 'probability', align: 'right' as const }]),
      ...classes.map((name) => ({ title: `P(${oneLine(name)})`, align: 'right' as const })),
    ],
    predictions.map((prediction, index) => [
      String(index + 1),
      style.bold(oneLine(String(prediction.prediction))),
      ...(classes.length === 0 ? [] : [formatMetric(prediction.probability)]),
      ...classes.map((name) => formatMetric(prediction.probabilities?.[name])),
    ]),
    style,
  );
}
