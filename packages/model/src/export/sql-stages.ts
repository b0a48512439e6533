import type { SqlDialect } from './sql-dialect.ts';

/** A query in the making: each stage adds columns to those of the stage before. */
export interface SqlStages {
  /**
   * Add a stage of one column for each expression, over the columns that there are.
   *
   * @returns the columns' names, which no column of the table can have.
   */
  readonly add: (expressions: readonly string[]) => string[];
  /** The WITH clause, and the name of the last stage to select from. */
  readonly finish: () => { readonly clause: string; readonly last: string };
}

/**
 * Start with a stage of columns over the table itself.
 *
 * @param columns expressions by the names that they get.
 */
export function createSqlStages(
  columns: readonly (readonly [name: string, expression: string])[],
  { from, dialect }: { readonly from: string; readonly dialect: SqlDialect },
): SqlStages {
  const first = columns.map(([name, expression]) => `${expression} AS ${name}`);
  const stages = [`SELECT ${first.join(', ')} FROM ${from}`];
  let count = 0;
  // Databases that put a stage's expressions in place of its columns would repeat them without end.
  const as = dialect === 'spark' ? 'AS' : 'AS MATERIALIZED';
  return {
    add(expressions) {
      const names = expressions.map(() => `gnu_value_${count++}`);
      const added = expressions.map((expression, i) => `${expression} AS ${names[i]}`);
      stages.push(`SELECT *, ${added.join(', ')} FROM ${stageName(stages.length - 1)}`);
      return names;
    },
    finish() {
      const written = stages.map((query, i) => `${stageName(i)} ${as} (${query})`);
      return { clause: `WITH ${written.join(',\n')}`, last: stageName(stages.length - 1) };
    },
  };
}

function stageName(index: number): string {
  return `gnu_stage_${index}`;
}
