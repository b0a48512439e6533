import type { RowOrder } from './training-set.ts';

/** What splits of some of the rows go by, in the order that the rows are named in. */
export function takeRowOrder({ groups, times }: RowOrder, rows: Int32Array): RowOrder {
  return {
    groups: groups && rows.map((row) => groups[row]!),
    times: times && Float64Array.from(rows, (row) => times[row]!),
  };
}
