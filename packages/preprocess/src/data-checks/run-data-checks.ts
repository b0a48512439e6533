import { type Table, nearestName } from '@gnu-mlops/core';
import { boundsInWords } from './bound.ts';
import type { DataCheck } from './data-check.ts';
import type { CheckStatus, DataCheckReport, DataCheckResult } from './data-check-report.ts';
import { checkColumn } from './check-column.ts';
import { checkFormula } from './check-formula.ts';
import { passed, type Verdict } from './verdict.ts';

/**
 * Hold a table against checks. A check of a column that is not there, or that cannot be made of what
 * the column holds, is a failed one.
 *
 * @throws {DataChecksInvalidError} for a formula that is still a text.
 */
export function runDataChecks(table: Table, checks: readonly DataCheck[]): DataCheckReport {
  const results = checks.map((check) => resultOf(inWords(table, check), verdictOn(table, check)));
  return { rowCount: table.rowCount, status: worstOf(results), results };
}

/** The check as people read it: the bounds of times are times. */
function inWords(table: Table, check: DataCheck): DataCheck {
  const isOfTimes =
    check.check === 'range' && table.columns.get(check.column)?.kind === 'timestamp';
  return isOfTimes ? boundsInWords(check) : check;
}

function verdictOn(table: Table, check: DataCheck): Verdict {
  if (check.check === 'row_count') return checkRowCount(table.rowCount, check);
  if (check.check === 'expression') return checkFormula(table, check);
  const column = table.columns.get(check.column);
  if (column !== undefined) return checkColumn(column, check);
  const nearest = nearestName(check.column, [...table.columns.keys()]);
  const hint = nearest === undefined ? '' : ` Is it "${nearest}" now?`;
  return { message: `The table has no column "${check.column}".${hint}`, isBroken: true };
}

function checkRowCount(
  rowCount: number,
  { min = 0, max = Infinity }: { readonly min?: number; readonly max?: number },
): Verdict {
  if (rowCount < min) return broken(`${rowCount} rows where at least ${min} are expected.`);
  if (rowCount > max) return broken(`${rowCount} rows where at most ${max} are expected.`);
  return passed(`${rowCount} rows.`);
}

function broken(message: string): Verdict {
  return { message, isBroken: true };
}

function resultOf(check: DataCheck, verdict: Verdict): DataCheckResult {
  const { message, isBroken, failingCount = 0, firstRows = [] } = verdict;
  return { check, status: isBroken ? check.severity : 'pass', message, failingCount, firstRows };
}

function worstOf(results: readonly DataCheckResult[]): CheckStatus {
  const has = (wanted: CheckStatus) => results.some(({ status }) => status === wanted);
  if (has('fail')) return 'fail';
  return has('warn') ? 'warn' : 'pass';
}
