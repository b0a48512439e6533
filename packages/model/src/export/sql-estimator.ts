import { stackedColumns } from '../ensemble/stacked-features.ts';
import type { Ensemble, Estimator, LinearEstimator, SingleEstimator } from '../estimator.ts';
import { sqlLink } from './sql-link.ts';
import { sqlNetwork } from './sql-network.ts';
import { type SqlDialect, formatDouble } from './sql-dialect.ts';
import type { SqlStages } from './sql-stages.ts';
import { sqlSum } from './sql-sum.ts';
import { sqlTrees } from './sql-trees.ts';

/**
 * Add the stages that score an estimator over columns that hold its features.
 *
 * @returns the columns that hold its outputs, after the link.
 */
export function sqlEstimator(
  estimator: Estimator,
  columns: readonly string[],
  query: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): readonly string[] {
  if (estimator.kind === 'ensemble') return sqlEnsemble(estimator, columns, query);
  const { stages, dialect } = query;
  const raw = stages.add(rawExpressions(estimator, columns, query));
  return estimator.link === 'identity' ? raw : stages.add(sqlLink(estimator.link, raw, dialect));
}

/** What a query takes at least, so that no long one is written to be thrown away. */
export function shortestSql(estimator: Estimator): number {
  switch (estimator.kind) {
    case 'linear':
      return estimator.coefficients.length * 4;
    case 'tree_ensemble':
      return estimator.splitFeature.length * 4;
    case 'neural_network':
      return estimator.weights.length * 4;
    case 'ensemble':
      return estimator.members.reduce((sum, member) => sum + shortestSql(member), 0);
  }
}

function sqlEnsemble(
  { members, combination, outputCount }: Ensemble,
  columns: readonly string[],
  query: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): readonly string[] {
  const outputs = members.map((member) => sqlEstimator(member, columns, query));
  const { stages, dialect } = query;
  if (combination.kind === 'mean') {
    const means = Array.from({ length: outputCount }, (_, k) =>
      sqlSum(
        outputs.map((own, m) => `${own[k]!} * ${formatDouble(combination.weights[m]!, dialect)}`),
      ),
    );
    return stages.add(means);
  }
  const stacked = outputs.flatMap((own) => stackedColumns(own.length).map((k) => own[k]!));
  const { final, passthrough } = combination;
  return sqlEstimator(final, passthrough ? [...stacked, ...columns] : stacked, query);
}

function rawExpressions(
  estimator: SingleEstimator,
  columns: readonly string[],
  { stages, dialect }: { readonly stages: SqlStages; readonly dialect: SqlDialect },
): string[] {
  switch (estimator.kind) {
    case 'tree_ensemble':
      return sqlTrees(estimator, columns, dialect);
    case 'linear':
      return sqlLinear(estimator, columns, dialect);
    case 'neural_network':
      return sqlNetwork(estimator, columns, { stages, dialect });
  }
}

function sqlLinear(
  { coefficients, intercepts }: LinearEstimator,
  columns: readonly string[],
  dialect: SqlDialect,
): string[] {
  return Array.from(intercepts, (intercept, k) => {
    const terms = columns.map(
      (column, i) => `${column} * ${formatDouble(coefficients[k * columns.length + i]!, dialect)}`,
    );
    return sqlSum([formatDouble(intercept, dialect), ...terms]);
  });
}
