import type { Artifact, Run } from '@gnu-mlops/registry-client';
import { isInterrupted } from '../interrupted-runs.ts';
import { formatDuration, formatMetric, formatTime } from './figures.ts';
import type { Style } from './style.ts';
import { formatPairs, formatTable } from './text-table.ts';

/** The figures worth a column in a list, where a run has them. */
const listedMetrics = ['accuracy', 'f1', 'roc_auc', 'log_loss', 'rmse', 'mae', 'r2'];

/** A table of runs, newest first. */
export function formatRunList(experiment: string, runs: readonly Run[], style: Style): string {
  if (runs.length === 0) {
    return `No runs in experiment "${experiment}". Train one: gnu-mlops train\n`;
  }
  const metrics = listedMetrics.filter((name) => runs.some((run) => name in run.metrics));
  return formatTable(
    [
      { title: 'run id' },
      { title: 'name' },
      { title: 'status' },
      { title: 'started' },
      ...metrics.map((title) => ({ title, align: 'right' as const })),
    ],
    runs.map((run) => [
      run.runId,
      run.runName,
      statusText(run, style),
      formatTime(run.startTime),
      ...metrics.map((name) => formatMetric(run.metrics[name])),
    ]),
    style,
  );
}

/** Everything about one run. */
export function formatRun(run: Run, artifacts: readonly Artifact[], style: Style): string {
  const took = run.endTime === undefined ? 'running' : formatDuration(run.endTime - run.startTime);
  const heading = formatPairs(
    [
      ['run', `${run.runName} (${run.runId})`],
      ['status', statusText(run, style)],
      ['started', formatTime(run.startTime)],
      ['took', took],
      ['by', run.userId],
      ['artifacts', run.artifactUri],
    ],
    style,
  );
  return [
    heading,
    section('Parameters', Object.entries(run.params), style),
    section(
      'Metrics',
      Object.entries(run.metrics).map(([name, value]) => [name, formatMetric(value)]),
      style,
    ),
    section('Tags', Object.entries(run.tags), style),
    section(
      'Data',
      run.inputs.map((input) => [input.context ?? 'input', `${input.name} (${input.digest})`]),
      style,
    ),
    section(
      'Artifacts',
      artifacts.map((artifact) => [
        artifact.isFolder ? `${artifact.path}/` : artifact.path,
        artifact.sizeBytes === undefined ? '' : `${artifact.sizeBytes} bytes`,
      ]),
      style,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Runs as columns; parameters only where they differ, metrics all. */
export function formatRunComparison(runs: readonly Run[], style: Style): string {
  const metricNames = namesOf(runs.map((run) => run.metrics));
  const paramNames = namesOf(runs.map((run) => run.params)).filter(
    (name) => new Set(runs.map((run) => run.params[name])).size > 1,
  );
  const rows = [
    ['name', ...runs.map((run) => run.runName)],
    ['started', ...runs.map((run) => formatTime(run.startTime))],
    ...paramNames.map((name) => [name, ...runs.map((run) => run.params[name] ?? '-')]),
    ...metricNames.map((name) => [name, ...runs.map((run) => formatMetric(run.metrics[name]))]),
  ];
  const columns = [
    { title: '' },
    ...runs.map((run) => ({ title: run.runId.slice(0, 8), align: 'right' as const })),
  ];
  return formatTable(columns, rows, style);
}

function section(
  title: string,
  pairs: readonly (readonly [string, string])[],
  style: Style,
): string {
  return pairs.length === 0 ? '' : `${style.bold(title)}\n${formatPairs(pairs, style)}`;
}

function namesOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

function statusText(run: Run, style: Style): string {
  if (run.lifecycleStage === 'deleted') return style.warn('deleted');
  if (isInterrupted(run)) return style.bad('interrupted');
  if (run.status === 'FINISHED') return style.good(run.status);
  return run.status === 'FAILED' ? style.bad(run.status) : style.warn(run.status);
}
