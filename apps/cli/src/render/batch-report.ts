import type { BatchReport, FileReport } from '@gnu-mlops/batch';
import { formatCount, formatDuration, formatQuantity } from './figures.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

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
      file.file,
      statusText(file, style),
      formatCount(file.rows),
      formatDuration(file.durationMs),
      file.error?.message ?? file.reason?.replaceAll('_', ' ') ?? file.output ?? '',
    ]),
    style,
  );
  const totals = `${formatQuantity(report.rows, 'row')} in ${formatQuantity(report.scored, 'file')} scored by ${report.model}`;
  const failed = report.failed === 0 ? '' : style.bad(`, ${report.failed} failed`);
  return `${table}\n${totals}${failed}.\n`;
}

function statusText({ status }: FileReport, style: Style): string {
  if (status === 'scored') return style.good(status);
  return status === 'failed' ? style.bad(status) : style.dim(status);
}
