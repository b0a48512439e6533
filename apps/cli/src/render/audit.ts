import type { AuditVerification } from '@gnu-mlops/registry-server';
import type { Style } from './style.ts';

/** More than these are counted only: the first tells most. */
const MAX_PROBLEMS = 10;

/** Whether an audit log is whole, and the lines that are not as they were written. */
export function formatAudit(
  folder: string,
  { isValid, entryCount, head, tornLines, problems, files }: AuditVerification,
  style: Style,
): string {
  const shown = problems.slice(0, MAX_PROBLEMS).map(({ file, line, message }) => {
    const where = line === 0 ? file : `${file}:${line}`;
    return `  ${style.bold(where)}  ${message}\n`;
  });
  const more = problems.length - shown.length;
  const count = `${entryCount} ${entryCount === 1 ? 'entry' : 'entries'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  return [
    isValid
      ? `${style.good('Whole:')} ${count}, each as it was written.\n`
      : `${style.bad('Not whole:')} ${folder}, ${count}.\n`,
    ...shown,
    more > 0 ? `  and ${more} more\n` : '',
    tornLines > 0 ? style.dim(`Unfinished lines that crashes left: ${tornLines}.\n`) : '',
    head === null
      ? ''
      : style.dim(`Newest entry, to note elsewhere: ${head.sequence}:${head.hash}\n`),
  ].join('');
}
