import type { Link } from '../estimator.ts';
import { type SqlDialect, formatDouble, greatest } from './sql-dialect.ts';
import { sqlSum } from './sql-sum.ts';

/** The outputs of a link, over columns that hold the raw scores. */
export function sqlLink(
  link: Link,
  raw: readonly string[],
  dialect: SqlDialect,
): readonly string[] {
  const one = formatDouble(1, dialect);
  switch (link) {
    case 'identity':
      return raw;
    case 'exponential':
      return raw.map((score) => `EXP(${score})`);
    case 'logistic': {
      // The exponent is never positive: no overflow.
      const score = raw[0]!;
      const smaller = `EXP(-ABS(${score}))`;
      const [likely, unlikely] = [
        `${one} / (${one} + ${smaller})`,
        `${smaller} / (${one} + ${smaller})`,
      ];
      return [
        `CASE WHEN ${score} >= 0 THEN ${unlikely} ELSE ${likely} END`,
        `CASE WHEN ${score} >= 0 THEN ${likely} ELSE ${unlikely} END`,
      ];
    }
    case 'softmax': {
      const largest = greatest(raw, dialect);
      const weights = raw.map((score) => `EXP(${score} - ${largest})`);
      return weights.map((weight) => `${weight} / (${sqlSum(weights)})`);
    }
  }
}
