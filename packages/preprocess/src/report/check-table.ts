import type { DataCheckReport, DataCheckResult } from '../data-checks/data-check-report.ts';
import { describeDataCheck } from '../data-checks/describe-data-check.ts';
import type { Finding } from '../finding.ts';
import { escapeHtml, showCount } from './html.ts';

/** The checks that did not hold, and, folded away, those that did. */
export function formatChecks({ results }: DataCheckReport): string {
  const broken = results.filter(({ status }) => status !== 'pass');
  const held = results.filter(({ status }) => status === 'pass');
  const worstFirst = [
    ...broken.filter(({ status }) => status === 'fail'),
    ...broken.filter(({ status }) => status === 'warn'),
  ];
  const rest =
    held.length === 0
      ? ''
      : `<details><summary>${showCount(held.length)} passed</summary>${tableOf(held)}</details>`;
  return `<div class="panel">${worstFirst.length === 0 ? '' : tableOf(worstFirst)}${rest}</div>`;
}

/** What the look at a training table found. */
export function formatFindings(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ severity, message }) =>
      `<tr><td class="pill ${severity}">${severity}</td><td>${escapeHtml(message)}</td></tr>`,
  );
  return `<div class="panel"><table>${rows.join('')}</table></div>`;
}

function tableOf(results: readonly DataCheckResult[]): string {
  const rows = results.map(
    ({ check, status, message }) =>
      `<tr><td class="pill ${status}">${status}</td><td>${escapeHtml(describeDataCheck(check))}</td>` +
      `<td>${escapeHtml(message)}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}
