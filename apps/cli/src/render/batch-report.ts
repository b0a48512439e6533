import type { BatchReport, FileReport } from '@gnu-mlops/batch';
import { formatCount, formatDuration, formatQuantity } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** No name of a file is longer. */
const longestName = 255;
const longestText = 10_000;

/** What became of every waiting file, and the totals. */
export function formatBatchReport(report: BatchReport, style: Style): string {
  if (report.files.length === 0) return 'No files are waiting.\n';
  const table = formatTable(
    [
      { title: 'file' },
      { title: 'status' },
      { title: 'rows', align: 'right' },
      { title: 'time', align: 'right' },
      { title: 'result' },
    ],
    report.files.map((file) => [
      oneLine(file.file, longestName),
      statusText(file, style),
      formatCount(file.rows),
      formatDuration(file.durationMs),
      oneLine(resultText(file), longestText),
    ]),
    style,
  );
  const totals = `${formatQuantity(report.rows, 'row')} in ${formatQuantity(report.scored, 'file')} scored by ${report.model}`;
  const failed = report.failed === 0 ? '' : style.bad(`, ${report.failed} failed`);
  return `${table}\n${totals}${failed}.\n`;
}

function resultText({ error, reason, output = '' }: FileReport): string {
  return error?.message ?? reason?.replaceAll('_', ' ') ?? output;
}

function statusText({ status }: FileReport, style: Style): string {
  if (status === 'scored') return style.good(status);
  return status === 'failed' ? style.bad(status) : style.dim(status);
}
