import type { FitContext } from '../fit-context.ts';
import { type FoldMeasurer, type FoldedTask, openFoldMeasurer } from './fold-measurer.ts';
import { openThreadedMeasurer } from './threaded-measurer.ts';

/** A measurer that can work on so many folds at a time, where the machine has threads for it. */
export function openMeasurer(
  folded: FoldedTask,
  { concurrency, ...context }: FitContext & { readonly concurrency: number },
): FoldMeasurer {
  const threaded =
    concurrency > 1 ? openThreadedMeasurer(folded, { concurrency, ...context }) : undefined;
  return threaded ?? openFoldMeasurer(folded, context);
}
