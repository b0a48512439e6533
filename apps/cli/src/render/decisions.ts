import type { RegisteredTraining } from '@gnu-mlops/pipeline';
import { formatMetric, formatQuantity } from './figures.ts';
import type { Style } from './style.ts';

type Decisions = Pick<RegisteredTraining['report'], 'calibration' | 'threshold'>;

/** What calibration and threshold were fitted, and what they did; empty without any. */
export function formatDecisions({ calibration, threshold }: Decisions, style: Style): string {
  return [
    ...(calibration ? [formatCalibration(calibration, style)] : []),
    ...(threshold ? [formatThreshold(threshold, style)] : []),
  ].join('');
}

function formatCalibration(
  { method, rows, before, after }: NonNullable<Decisions['calibration']>,
  style: Style,
): string {
  const change = (name: string, from: number, to: number) =>
    `${name} ${formatMetric(from)} -> ${style.bold(formatMetric(to))}`;
  const figures = [
    change('Brier', before.brier, after.brier),
    change('log loss', before.logLoss, after.logLoss),
    change('calibration error', before.calibrationError, after.calibrationError),
  ];
  return (
    `Calibration: ${style.bold(method)}, fitted on ${formatQuantity(rows, 'row')} out of fold. ` +
    `Held-out: ${figures.join(', ')}\n`
  );
}

function formatThreshold(
  { positiveClass, value, chosenBy, outOfFold }: NonNullable<Decisions['threshold']>,
  style: Style,
): string {
  const decision = `Threshold: "${positiveClass}" from ${style.bold(formatMetric(value))} on, `;
  if (outOfFold === undefined) return `${decision}as given\n`;
  const goal = typeof chosenBy === 'object' ? 'mean cost of a row' : chosenBy;
  return (
    `${decision}chosen on ${formatQuantity(outOfFold.rows, 'row')} out of fold ` +
    `(${goal} ${formatMetric(outOfFold.criterion)} there)\n`
  );
}
