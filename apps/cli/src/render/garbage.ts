import type { GarbageReport } from '@gnu-mlops/registry-client';
import { formatBytes, formatQuantity } from './figures.ts';
import type { Style } from './style.ts';
import { formatPairs } from './text-table.ts';

/** What was removed for good, or would be. */
export function formatGarbage(
  report: GarbageReport,
  mode: 'plan' | 'remove',
  style: Style,
): string {
  const { experimentIds, runIds, loggedModelIds, fileCount, sizeBytes } = report;
  const removed = experimentIds.length + runIds.length + loggedModelIds.length + fileCount;
  if (removed === 0) return 'Nothing to remove.\n';
  const pairs = formatPairs(
    [
      ['experiments', String(experimentIds.length)],
      ['runs', String(runIds.length)],
      ['logged models', String(loggedModelIds.length)],
      ['files', `${formatQuantity(fileCount, 'file')}, ${formatBytes(sizeBytes)}`],
    ],
    style,
  );
  return mode === 'remove'
    ? `Removed for good:\n${pairs}`
    : `Would be removed for good:\n${pairs}${style.dim('Nothing was changed; add --yes to do it.')}\n`;
}
