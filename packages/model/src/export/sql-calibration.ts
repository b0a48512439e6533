import type { Calibration, IsotonicMap, SigmoidMap } from '../calibration/calibration.ts';
import { type SqlDialect, formatDouble } from './sql-dialect.ts';
import { sqlLink } from './sql-link.ts';
import type { SqlStages } from './sql-stages.ts';
import { sqlSum } from './sql-sum.ts';

/**
 * Add the stages that calibrate probabilities, as `applyCalibration` does it.
 *
 * @param columns that hold the probabilities of the classes, in order.
 * @returns the columns that hold the calibrated ones.
 */
export function sqlCalibration(
  calibration: Calibration,
  columns: readonly string[],
  query: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): readonly string[] {
  const { stages, dialect } = query;
  const { classCount } = calibration;
  const one = formatDouble(1, dialect);
  const sources = classCount === 2 ? [columns[1]!] : columns;
  const mapped = mapColumns(calibration, sources, query);
  if (classCount === 2) {
    const [first] = stages.add([`${one} - ${mapped[0]}`]);
    return [first!, mapped[0]!];
  }
  const [sum] = stages.add([sqlSum(mapped)]);
  const equal = formatDouble(1 / classCount, dialect);
  return stages.add(
    mapped.map((column) => `CASE WHEN ${sum} = 0 THEN ${equal} ELSE ${column} / ${sum} END`),
  );
}

function mapColumns(
  calibration: Calibration,
  columns: readonly string[],
  { stages, dialect }: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): readonly string[] {
  if (calibration.method === 'isotonic') {
    return stages.add(
      columns.map((column, i) => sqlIsotonic(calibration.maps[i]!, column, dialect)),
    );
  }
  const logit = ({ slope, intercept }: SigmoidMap, column: string) =>
    `${column} * ${formatDouble(slope, dialect)} + ${formatDouble(intercept, dialect)}`;
  const logits = stages.add(columns.map((column, i) => logit(calibration.maps[i]!, column)));
  return stages.add(logits.map((column) => sqlLink('logistic', [column], dialect)[1]!));
}

/** A balanced tree of cases: databases bound the depth of an expression. */
function sqlIsotonic(
  { scores, probabilities }: IsotonicMap,
  column: string,
  dialect: SqlDialect,
): string {
  const write = (value: number) => formatDouble(value, dialect);
  function lines(first: number, last: number): string {
    if (last - first === 1) {
      const rise = probabilities[last]! - probabilities[first]!;
      const width = scores[last]! - scores[first]!;
      return `${write(probabilities[first]!)} + ${write(rise)} * ((${column} - ${write(scores[first]!)}) / ${write(width)})`;
    }
    const middle = (first + last) >> 1;
    return `CASE WHEN ${column} < ${write(scores[middle]!)} THEN ${lines(first, middle)} ELSE ${lines(middle, last)} END`;
  }
  const last = scores.length - 1;
  const above = `WHEN ${column} >= ${write(scores[last]!)} THEN ${write(probabilities[last]!)}`;
  const below = `WHEN ${column} <= ${write(scores[0]!)} THEN ${write(probabilities[0]!)}`;
  return last === 0
    ? `CASE ${above} ${below} END`
    : `CASE ${above} ${below} ELSE ${lines(0, last)} END`;
}
