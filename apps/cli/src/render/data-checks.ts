import { type DataCheckReport, describeDataCheck } from '@gnu-mlops/preprocess';
import { formatQuantity } from './figures.ts';
import { oneLine } from './one-line.ts';
import type { Style } from './style.ts';

/** What a check says is cut off by nothing but names and values beyond all measure. */
const longest = 1000;

/** What did not hold, one check a line, and how many did. */
export function formatDataChecks({ results, rowCount }: DataCheckReport, style: Style): string {
  const broken = results.filter(({ status }) => status !== 'pass');
  const lines = broken
    .toSorted((a, b) => Number(a.status === 'warn') - Number(b.status === 'warn'))
    .map(({ check, status, message }) => {
      const mark = status === 'fail' ? style.bad('fail') : style.warn('warn');
      return `${mark}  ${oneLine(describeDataCheck(check), longest)}: ${oneLine(message, longest)}\n`;
    });
  const passed = results.length - broken.length;
  const summary = `${passed} of ${formatQuantity(results.length, 'check')} passed on ${formatQuantity(rowCount, 'row')}.`;
  return `${lines.join('')}${lines.length === 0 ? '' : '\n'}${summary}\n`;
}
