import type { RunRow } from './run-rows.ts';
import type { SqlCondition } from './sql-condition.ts';
import type { Store } from './store.ts';

/** A part of a search's results, which all come before those of the next part. */
export interface Phase {
  /** `SELECT ...`, without an order. */
  readonly select: SqlCondition;
  readonly order: SqlCondition;
}

/** Read rows of several parts, one after the other, from an offset over all of them. */
export function readPhases(
  store: Store,
  phases: readonly Phase[],
  page: { readonly limit: number; readonly offset: number },
): RunRow[] {
  const rows: RunRow[] = [];
  let { offset } = page;
  for (const { select, order } of phases) {
    const limit = page.limit - rows.length;
    if (limit === 0) break;
    const found = store.db.allOnce<RunRow>(`${select.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`, [
      ...select.parameters,
      ...order.parameters,
      limit,
      offset,
    ]);
    rows.push(...found);
    if (found.length > 0) offset = 0;
    else if (offset > 0) offset -= countRows(store, select);
  }
  return rows;
}

function countRows(store: Store, { sql, parameters }: SqlCondition): number {
  const [row] = store.db.allOnce<{ count: number }>(
    `SELECT count(*) AS count FROM (${sql})`,
    parameters,
  );
  return row!.count;
}
