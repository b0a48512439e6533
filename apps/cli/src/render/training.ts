import type { RegisteredTraining } from '@gnu-mlops/pipeline';
import { formatDecisions } from './decisions.ts';
import { formatConfusionMatrix, formatMetrics } from './evaluation.ts';
import { formatMetric, formatQuantity } from './figures.ts';
import { formatFindings } from './findings.ts';
import { shellWord } from './shell-word.ts';
import type { Style } from './style.ts';

const shownImportances = 8;

/**
 * What was trained, how good it is, and where it is kept.
 *
 * @param configFile the one that was named, which the next command needs as well.
 */
export function formatTraining(
  { report, run, version }: RegisteredTraining,
  style: Style,
  configFile?: string,
): string {
  const { rows } = report;
  const config = configFile === undefined ? '' : ` --config ${shellWord(configFile)}`;
  return [
    formatFindings(report.findings, style),
    `${formatQuantity(rows.train, 'row')} to train, ${formatQuantity(rows.test, 'row')} held out\n`,
    formatMetrics(report, style),
    formatConfusionMatrix(report.evaluation, style),
    formatDecisions(report, style),
    formatImportances(report.featureImportances, style),
    `Run ${style.bold(run.runName)} (${run.runId})\n` +
      `${style.good('Registered')} ${style.bold(`${version.name} version ${version.version}`)}. ` +
      `Next: gnu-mlops${config} deploy staging\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The features that matter most, on one line. */
export function formatImportances(
  importances: readonly { readonly feature: string; readonly importance: number }[],
  style: Style,
): string {
  const shown = importances
    .slice(0, shownImportances)
    .map(({ feature, importance }) => `${feature} ${style.dim(formatMetric(importance))}`);
  return shown.length === 0 ? '' : `What matters most: ${shown.join(', ')}\n`;
}
