import type {
  CopiedExperiment,
  CopiedModel,
  CopiedRun,
  ExportManifest,
  SyncedRun,
} from '@gnu-mlops/registry-client/transfer';
import { formatBytes, formatCount, formatQuantity } from './figures.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** What became of copied runs. */
export function formatCopiedRuns(runs: readonly CopiedRun[], style: Style): string {
  return formatTable(
    [{ title: 'run' }, { title: 'copy' }, { title: 'outcome' }, { title: 'sent' }],
    runs.map((run) => [run.runName, run.runId, outcomeText(run.outcome, style), sentText(run)]),
    style,
  );
}

/** What became of a copied or imported experiment. */
export function formatCopiedExperiment(
  { name, experimentId, runs, loggedModelCount }: CopiedExperiment,
  style: Style,
): string {
  const counts = countOutcomes(runs.map(({ outcome }) => outcome));
  const models =
    loggedModelCount === 0 ? '' : `, ${formatQuantity(loggedModelCount, 'logged model')} of no run`;
  const sizeBytes = runs.reduce((sum, run) => sum + run.sizeBytes, 0);
  return `Experiment ${style.bold(name)} (${experimentId}): ${formatQuantity(runs.length, 'run')}${counts}${models}; ${formatBytes(sizeBytes)} of files sent.\n`;
}

/** What became of a copied or imported model. */
export function formatCopiedModel(model: CopiedModel, style: Style): string {
  const { name, versions, skippedVersions, stages, moveCount, leftAliases } = model;
  const counts = countOutcomes(versions.map(({ outcome }) => outcome));
  const lines = [
    `Model ${style.bold(name)}: ${formatQuantity(versions.length, 'version')}${counts}.`,
  ];
  const renumbered = versions.filter(({ sourceVersion, version }) => sourceVersion !== version);
  for (const { sourceVersion, version } of renumbered) {
    lines.push(`  version ${sourceVersion} is version ${version} there`);
  }
  if (stages === 'copied')
    lines.push(`Stages: as at the source (${formatQuantity(moveCount, 'move')} made).`);
  else lines.push(style.warn('Stages: left as they were, as versions were moved there already.'));
  if (leftAliases.length > 0) {
    lines.push(style.warn(`Aliases of other versions there, left: ${leftAliases.join(', ')}.`));
  }
  if (skippedVersions.length > 0) {
    lines.push(
      style.warn(`Versions that never became ready, left out: ${skippedVersions.join(', ')}.`),
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** What was exported. */
export function formatExport(
  folder: string,
  { kind, name, files }: ExportManifest,
  style: Style,
): string {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return `Exported ${kind} ${style.bold(name)} to ${folder}: ${formatQuantity(files.length, 'file')}, ${formatBytes(sizeBytes)}.\n`;
}

/** What became of runs that were logged offline. */
export function formatSyncedRuns(runs: readonly SyncedRun[], style: Style): string {
  if (runs.length === 0) return 'No offline runs in these folders.\n';
  return formatTable(
    [
      { title: 'run' },
      { title: 'in the registry' },
      { title: 'status' },
      { title: 'outcome' },
      { title: 'sent' },
    ],
    runs.map((run) => [
      run.runName,
      run.runId,
      run.status,
      run.outcome === 'deleted'
        ? style.warn('deleted there, not sent again')
        : outcomeText(run.outcome, style) + (run.isRemoved ? ', folder removed' : ''),
      sentText(run),
    ]),
    style,
  );
}

function outcomeText(outcome: CopiedRun['outcome'], style: Style): string {
  if (outcome === 'original') return style.dim('there itself');
  return outcome === 'unchanged' ? style.dim(outcome) : style.good(outcome);
}

function sentText({
  metricPointCount,
  fileCount,
  sizeBytes,
}: Pick<CopiedRun, 'metricPointCount' | 'fileCount' | 'sizeBytes'>): string {
  if (metricPointCount + fileCount === 0) return '-';
  return `${formatQuantity(metricPointCount, 'metric value')}, ${formatQuantity(fileCount, 'file')} (${formatBytes(sizeBytes)})`;
}

function countOutcomes(outcomes: readonly string[]): string {
  const counted = ['copied', 'updated', 'unchanged', 'original']
    .map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${formatCount(count)} ${outcome}`);
  return counted.length === 0 ? '' : ` (${counted.join(', ')})`;
}
