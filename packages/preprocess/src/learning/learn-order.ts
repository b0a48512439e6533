import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import type { LayoutColumn } from '../step-definition.ts';
import { type OrderStatistics, collectOrder } from './collect-order.ts';
import { type ColumnLearning, learnColumns } from './learn-columns.ts';
import type { Learner, LearningContext } from './learner.ts';

/** A learner of columns that are learnt from one by one, each by the order of its numbers, all finite. */
export function learnOrder<Fitted>(
  columns: readonly LayoutColumn[],
  context: LearningContext,
  finish: ColumnLearning<OrderStatistics, Fitted>['finish'],
): Learner<Fitted> {
  return learnColumns({
    columns,
    collect: ({ name }) => collectOrder(name, context),
    check: ({ name }, cells) => checkFinite(name, numbersIn(cells)),
    finish,
  });
}
