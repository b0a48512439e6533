import { type FoldMeasurer, type FoldedTask, openFoldMeasurer } from './fold-measurer.ts';
import { type MeasuringContext, openThreadedMeasurer } from './threaded-measurer.ts';

/** A measurer that can work on so many folds at a time, where the machine has threads for it. */
export function openMeasurer(folded: FoldedTask, context: MeasuringContext): FoldMeasurer {
  const { concurrency, ...own } = context;
  const threaded = concurrency > 1 ? openThreadedMeasurer(folded, context) : undefined;
  return threaded ?? openFoldMeasurer(folded, own);
}
