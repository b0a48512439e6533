import {
  type DataCheck,
  type DataCheckReport,
  type Finding,
  describeDataCheck,
  runDataChecks,
} from '@gnu-mlops/preprocess';
import { parseCheckExpressions } from '@gnu-mlops/preprocess/expressions';
import { DataCheckFailedError } from './errors.ts';
import type { TrainingRows } from './read-training-source.ts';

/** What the caller's checks found: the report, and as findings what did not hold. */
export interface CheckedRows {
  readonly report: DataCheckReport;
  readonly findings: readonly Finding[];
}

/**
 * Hold rows against the caller's checks.
 *
 * @throws {DataCheckFailedError} when one with the severity `fail` does not hold, listing all.
 */
export async function runChecks(
  { table, name }: TrainingRows,
  checks: readonly DataCheck[],
): Promise<CheckedRows> {
  const report = runDataChecks(table, await parseCheckExpressions(checks, 'checks'));
  const findings = report.results.flatMap(({ check, status, message }): Finding[] => {
    if (status === 'pass') return [];
    return [
      {
        severity: status === 'fail' ? 'error' : 'warning',
        check: 'data_check',
        ...('column' in check && { column: check.column }),
        message: `${describeDataCheck(check)}: ${message}`,
      },
    ];
  });
  if (report.status === 'fail') throw new DataCheckFailedError(name, findings);
  return { report, findings };
}
