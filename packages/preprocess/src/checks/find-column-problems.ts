import { type Column, columnLength, countMissing } from '@gnu-mlops/core';
import type { Finding } from '../finding.ts';
import { findUninformative } from '../find-uninformative.ts';
import { isRunningNumber } from './is-running-number.ts';

/** Above this share of missing cells a column is mostly missing. */
const mostlyMissingShare = 0.5;

/** A feature column that is empty, constant, an identifier, or mostly missing. */
export function findColumnProblems(name: string, column: Column): Finding[] {
  const about = { severity: 'warning', column: name } as const;
  const rowCount = columnLength(column);
  const missing = countMissing(column);
  const uninformative = findUninformative(column);
  switch (uninformative?.cause) {
    case 'empty': {
      const message = `Column "${name}" has no value in any row. Leave it out.`;
      return [{ ...about, check: 'column_empty', message }];
    }
    case 'constant': {
      const message = `Column "${name}" has the same value in every row. Leave it out.`;
      return [{ ...about, check: 'column_constant', message }];
    }
  }
  const findings: Finding[] = [];
  if (missing / rowCount > mostlyMissingShare) {
    const share = Math.round((100 * missing) / rowCount);
    findings.push({
      ...about,
      check: 'column_mostly_missing',
      message:
        `Column "${name}" is missing in ${missing} of ${rowCount} rows (${share} %). ` +
        'Check where it comes from, or leave it out.',
    });
  }
  const isCounter = isRunningNumber(column);
  if (uninformative !== undefined || isCounter) {
    const what = isCounter ? 'a running number' : `an ${uninformative!.reason}`;
    findings.push({
      ...about,
      check: 'column_identifier',
      message: `Column "${name}" looks like ${what}; it says nothing about other rows. Leave it out.`,
    });
  }
  return findings;
}
