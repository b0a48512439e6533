import type { SQLInputValue } from 'node:sqlite';

/** A piece of SQL with its values kept apart. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** One expression to order by. */
export interface OrderPart extends SqlCondition {
  readonly direction: 'ASC' | 'DESC';
}

/** Order by a column. */
export function byColumn(column: string, direction: OrderPart['direction'] = 'ASC'): OrderPart {
  return { sql: column, parameters: [], direction };
}
