import type { Finding } from '@gnu-mlops/preprocess';
import type { Style } from './style.ts';

/** One finding of the data checks a line; empty when there are none. */
export function formatFindings(findings: readonly Finding[], style: Style): string {
  return findings
    .map(({ severity, message }) => {
      const mark = severity === 'error' ? style.bad('error') : style.warn('warning');
      return `${mark}  ${message}\n`;
    })
    .join('');
}
