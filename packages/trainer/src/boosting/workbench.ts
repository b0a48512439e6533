import { type KernelSource, type OpenKernels, openKernels } from '../kernels/open-kernels.ts';
import type { Objective, ObjectiveSpec } from './objective.ts';
import { openObjective } from './open-objective.ts';

/** How splits are searched for. */
export interface SplitRules {
  /** Whether the kernel can: no L1 penalty, no constraint. */
  readonly search: 'kernel' | 'constrained';
  /** +1, -1 or 0 for each binned feature. */
  readonly monotone: Int8Array;
}

/** What a thread must know, in a form that it can be given. */
export interface WorkbenchPlan {
  readonly source: KernelSource;
  readonly objective: ObjectiveSpec;
  readonly rules: SplitRules;
}

/** A thread's tools. */
export interface Workbench extends OpenKernels {
  readonly objective: Objective;
  readonly rules: SplitRules;
}

/** Open a thread's tools. */
export function openWorkbench({ source, objective, rules }: WorkbenchPlan): Workbench {
  return { ...openKernels(source), objective: openObjective(objective), rules };
}
