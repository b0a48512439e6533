import { type KernelSource, type OpenKernels, openKernels } from '../kernels/open-kernels.ts';
import type { Objective, ObjectiveSpec } from './objective.ts';
import { openObjective } from './open-objective.ts';

/** Who searches for splits: the kernel, where there is neither an L1 penalty nor a constraint. */
export type SplitSearch = 'kernel' | 'constrained';

/** What a thread must know, in a form that it can be given. */
export interface WorkbenchPlan {
  readonly source: KernelSource;
  readonly objective: ObjectiveSpec;
  readonly search: SplitSearch;
}

/** A thread's tools. */
export interface Workbench extends OpenKernels {
  readonly objective: Objective;
  readonly search: SplitSearch;
}

/** Open a thread's tools. */
export function openWorkbench({ source, objective, search }: WorkbenchPlan): Workbench {
  return { ...openKernels(source), objective: openObjective(objective), search };
}
