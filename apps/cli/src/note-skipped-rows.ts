import type { CommandContext } from './command-context.ts';
import { formatQuantity } from './render/figures.ts';

/** Say how many rows of what a person named were left out, where some were. */
export function noteSkippedRows(context: CommandContext, count: number, of: string): void {
  if (count === 0) return;
  const rows = formatQuantity(count, 'row');
  context.note(`Left out ${rows} of ${of} with more or fewer cells than the header.`);
}
