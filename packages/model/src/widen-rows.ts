/** A run of rows of a column-major matrix. */
export interface RowBlock {
  readonly columns: readonly Float64Array[];
  readonly firstRow: number;
  readonly rowCount: number;
}

/** Numbers per widened row; at least two, as every leaf of a packed tree reads the second. */
export function widenedWidth(featureCount: number): number {
  return Math.max(2, 2 * featureCount);
}

/**
 * Copy rows next to each other into `widened`, each feature twice: as it is, where NaN fails every
 * comparison and goes right; and with -Infinity in place of NaN, which goes left.
 */
export function widenRows(block: RowBlock, widened: Float64Array): void {
  const { columns, firstRow, rowCount } = block;
  const width = widenedWidth(columns.length);
  for (let feature = 0; feature < columns.length; feature++) {
    const column = columns[feature]!;
    let at = 2 * feature;
    for (let row = firstRow; row < firstRow + rowCount; row++, at += width) {
      const value = column[row]!;
      widened[at] = value;
      widened[at + 1] = Number.isNaN(value) ? -Infinity : value;
    }
  }
}
