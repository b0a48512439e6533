/** Numbers of a block of equations: as many as stay near the processor. */
const BLOCK_NUMBERS = 32_768;
const LEAST_BLOCK_ROWS = 64;

/** How many equations of so many unknowns, and a target, are worked on at a time. */
export function blockRows(rowCount: number, columnCount: number): number {
  return Math.min(
    rowCount,
    Math.max(LEAST_BLOCK_ROWS, Math.ceil(BLOCK_NUMBERS / (columnCount + 1))),
  );
}
