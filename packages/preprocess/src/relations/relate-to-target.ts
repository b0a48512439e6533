import type { CellGroups } from './group-cells.ts';
import type { ColumnRelation, TargetGroup } from './table-relations.ts';

type Relation = Omit<ColumnRelation, 'column'>;

/** Shares of the classes in each group, and Cramér's V. */
export function relateToClasses(by: CellGroups, classes: CellGroups): Relation {
  const classCount = classes.presentCount;
  const counts = by.labels.map(() => new Array<number>(classCount).fill(0));
  by.groups.forEach((group, row) => {
    const code = classes.groups[row]!;
    if (code < classCount) counts[group]![code]!++;
  });
  const totals = counts.map(sum);
  const groups = by.labels.map((label, i): TargetGroup => ({
    label,
    count: totals[i]!,
    shares: counts[i]!.map((count) => (totals[i] === 0 ? 0 : count / totals[i]!)),
  }));
  return { strength: cramersV(counts), groups: groups.filter(({ count }) => count > 0) };
}

/** The target's mean in each group, and the correlation ratio. */
export function relateToNumbers(by: CellGroups, values: Float64Array): Relation {
  const counts = new Array<number>(by.labels.length).fill(0);
  const means = new Array<number>(by.labels.length).fill(0);
  let count = 0;
  let mean = 0;
  let squares = 0;
  by.groups.forEach((group, row) => {
    const value = values[row]!;
    if (!Number.isFinite(value)) return;
    const from = value - mean;
    mean += from / ++count;
    squares += from * (value - mean);
    means[group]! += (value - means[group]!) / ++counts[group]!;
  });
  const between = sum(counts.map((size, i) => size * (means[i]! - mean) ** 2));
  const isVaried = squares > 0 && counts.filter((size) => size > 0).length > 1;
  const groups = by.labels.map((label, i): TargetGroup => ({
    label,
    count: counts[i]!,
    mean: means[i]!,
  }));
  const share = between / squares;
  return {
    // Squares of large numbers are beyond what a double holds.
    strength: isVaried && Number.isFinite(share) ? Math.min(1, Math.sqrt(share)) : null,
    groups: groups.filter((group) => group.count > 0),
  };
}

/** @see Cramér, "Mathematical Methods of Statistics" (1946); without a correction for bias. */
function cramersV(counts: readonly (readonly number[])[]): number | null {
  const rows = counts.filter((row) => sum(row) > 0);
  const columnTotals = (rows[0] ?? []).map((_, k) => sum(rows.map((row) => row[k]!)));
  const columns = columnTotals.filter((total) => total > 0).length;
  const freedom = Math.min(rows.length, columns) - 1;
  if (freedom < 1) return null;
  const total = sum(columnTotals);
  let chiSquare = 0;
  for (const row of rows) {
    const rowTotal = sum(row);
    row.forEach((count, k) => {
      const expected = (rowTotal * columnTotals[k]!) / total;
      if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
    });
  }
  return Math.min(1, Math.sqrt(chiSquare / total / freedom));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
