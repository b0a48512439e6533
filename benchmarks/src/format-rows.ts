import type { ResultRow } from './summarise.ts';

/** The rows of one benchmark as a text table, numbers to the right. */
export function formatRows(rows: readonly ResultRow[]): string {
  const headings = ['contender', `median ${rows[0]?.unit ?? ''}`, 'least', 'most', 'ratio'];
  const cells = rows.map((row) => [
    row.contender,
    row.median.toFixed(0),
    row.least.toFixed(0),
    row.most.toFixed(0),
    row.ratio.toFixed(2),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column]!.length)),
  );
  return [headings, ...cells]
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  '),
    )
    .join('\n');
}
