import { workForTeam } from './team-board.ts';
import { type WorkbenchPlan, openWorkbench } from './workbench.ts';

/** Take parts of the leader's operations until it closes its board. */
export function helpToBoost(plan: WorkbenchPlan, arrive: () => void): void {
  const bench = openWorkbench(plan);
  arrive();
  workForTeam(bench);
}
