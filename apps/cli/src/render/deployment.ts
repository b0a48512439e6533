import { isMetricName } from '@gnu-mlops/core';
import type {
  DeployedVersion,
  DeploymentHistory,
  DeploymentInfo,
  DeploymentPlan,
  GateVerdict,
} from '@gnu-mlops/deployer';
import type { LedgerEntry } from '@gnu-mlops/registry-client';
import { formatMetric } from './figures.ts';
import { stageText } from './models.ts';
import type { Style } from './style.ts';
import { formatPairs, formatTable } from './text-table.ts';

/** The verdict of every gate on a line of its own. */
export function formatVerdicts(verdicts: readonly GateVerdict[], style: Style): string {
  return verdicts
    .map((verdict) => {
      const mark = verdict.verdict === 'pass' ? style.good('pass') : style.bad(verdict.verdict);
      const sign = verdict.direction === 'at_least' ? '>=' : '<=';
      const figures = `${formatMetric(verdict.measured)} ${sign} ${formatMetric(verdict.threshold)}`;
      return `  ${mark}  ${verdict.gate}: ${figures}\n`;
    })
    .join('');
}

/** What was planned, how the gates stood, and what came of it. */
export function formatDeployment(
  plan: DeploymentPlan,
  entry: LedgerEntry | null,
  style: Style,
): string {
  const verdicts = plan.action === 'promote' ? formatVerdicts(plan.verdicts, style) : '';
  if (plan.status === 'refused') {
    const reasons = plan.refusals.map(({ message }) => `  ${message}\n`).join('');
    return `${verdicts}${style.bad('Refused.')} Version ${plan.version} of ${plan.modelName} stays in ${plan.fromStage}.\n${reasons}`;
  }
  if (plan.status === 'nothing_to_do') return `${upperFirst(plan.summary)}.\n`;
  if (entry === null) return `${verdicts}Would do: ${plan.summary}.\n`;
  return `${verdicts}${style.good('Done:')} ${plan.summary}. Ledger entry ${entry.sequence}.\n`;
}

/** Which version is where. */
export function formatDeploymentInfo(info: DeploymentInfo, style: Style): string {
  return [
    `${style.bold(info.modelName)}, ${info.versionCount} version${info.versionCount === 1 ? '' : 's'}, newest ${info.newest ?? 'none'}\n`,
    formatStage('GNU_Production', info.production, style),
    formatStage('Staging', info.staging, style),
    `A rollback would go to ${info.previous === null ? 'nothing: there is no earlier version' : `version ${info.previous}`}.\n`,
  ].join('\n');
}

/** Every stage move, newest first, and whether the ledger is whole. */
export function formatHistory(history: DeploymentHistory, style: Style): string {
  if (history.entries.length === 0) return 'Nothing was deployed yet.\n';
  const table = formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'time' },
      { title: 'action' },
      { title: 'version', align: 'right' },
      { title: 'move' },
      { title: 'archived', align: 'right' },
      { title: 'by' },
      { title: 'why' },
    ],
    history.entries.map((entry) => [
      String(entry.sequence),
      entry.at.replace('T', ' ').replace(/\.\d+Z$/, 'Z'),
      entry.action,
      entry.version,
      `${entry.fromStage} -> ${entry.toStage}`,
      entry.archivedVersion ?? '-',
      entry.actor,
      entry.reason,
    ]),
    style,
  );
  const { isValid, entryCount, problems } = history.verification;
  const verdict = isValid
    ? style.good(`The ledger is whole: ${entryCount} chained entries.`)
    : `${style.bad('The ledger was tampered with:')}\n${problems.map(({ message }) => `  ${message}`).join('\n')}`;
  return `${table}\n${verdict}\n`;
}

function formatStage(
  stage: 'Staging' | 'GNU_Production',
  version: DeployedVersion | null,
  style: Style,
): string {
  if (version === null) return `${stageText(stage, style)}: empty\n`;
  const metrics = Object.entries(version.metrics)
    .filter(([name]) => isMetricName(name))
    .map(([name, value]) => `${name} ${formatMetric(value)}`)
    .join(', ');
  const pairs = formatPairs(
    [
      ['  since', version.since ?? 'unknown'],
      ['  by', version.actor ?? 'unknown'],
      ['  algorithm', version.algorithm ?? 'unknown'],
      ['  metrics', metrics || 'none'],
      ['  data', version.dataDigest ?? 'unknown'],
      ['  run', version.runId ?? 'unknown'],
    ],
    style,
  );
  return `${stageText(stage, style)}: version ${version.version}\n${pairs}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
