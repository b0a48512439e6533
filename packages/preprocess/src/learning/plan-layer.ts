import type { ColumnKind } from '@gnu-mlops/core';
import { type ColumnSelector, selectColumns } from '../column-selector.ts';
import { compileStep } from '../compile-steps.ts';
import { StepNeedsTableError } from '../errors.ts';
import type { FittedStep } from '../fitted-step.ts';
import type { CompiledStep, LayoutColumn, StepFit } from '../step-definition.ts';
import { type StepSpec, specDefinition } from '../step-spec.ts';
import type { Learner, LearningContext } from './learner.ts';

/** One step that one pass over the rows learns or checks. */
export interface PlannedStep {
  readonly learner: Learner<FittedStep>;
  /** The places of its columns among those at the step. */
  readonly places: readonly number[];
  /** What it makes of the rows for the steps behind it; absent while it is being learnt. */
  readonly made?: { readonly fit: StepFit<FittedStep>; readonly compiled: readonly CompiledStep[] };
}

/** The steps that one pass can learn. */
export interface Layer {
  readonly planned: readonly PlannedStep[];
  /** Steps of the specification that are left for later passes. */
  readonly later: readonly StepSpec[];
}

/** Where a pass begins. */
export interface LayerStart {
  readonly layout: readonly LayoutColumn[];
  /** Of the columns: those that the training rows should see otherwise than later rows do. */
  readonly leaking: ReadonlySet<string>;
  readonly context: LearningContext;
  /** Whether it is known what the target is. */
  readonly isTargetKnown: boolean;
}

/**
 * Choose the steps that one pass can learn: the first ones, until one needs to know what another of
 * them will have learnt. Steps that learn nothing are run on the way.
 *
 * @throws {StepNeedsTableError} for a step that learns from what `target_encode` makes.
 */
export function planLayer(specs: readonly StepSpec[], start: LayerStart): Layer {
  let { layout, leaking } = start;
  const planned: PlannedStep[] = [];
  const pending = new Map<string, readonly ColumnKind[]>();
  for (const [at, spec] of specs.entries()) {
    const definition = specDefinition(spec.kind);
    const needs = definition.needs(spec);
    const selector = definition.selectorOf?.(spec) ?? (spec.columns as ColumnSelector);
    const isEarly =
      (needs === 'target' && !start.isTargetKnown) ||
      (pending.size > 0 && definition.concernsOthers === true) ||
      !isSettled(selector, layout, pending);
    if (isEarly) return { planned, later: specs.slice(at) };
    const settled = layout.filter(({ name }) => !pending.has(name));
    const columns = selectColumns(settled, selector, {
      kind: spec.kind,
      accepts: definition.accepts,
    });
    refuseLeaking(spec, columns, leaking);
    const learner = definition.learn(spec, columns, { ...start.context, layout });
    const places = columns.map((column) => layout.indexOf(column));
    if (needs !== 'nothing' || pending.size > 0) {
      planned.push({ learner, places });
      for (const column of columns) {
        pending.set(column.name, definition.makes?.(spec, column) ?? anyKind);
      }
      continue;
    }
    const fit = learner.finish(0);
    const compiled: CompiledStep[] = [];
    for (const step of fit.steps) {
      if (step.columns.length === 0) continue;
      const ready = compileStep(step, layout);
      leaking = leakingAfter(step, ready, { layout, leaking });
      layout = ready.layout;
      compiled.push(ready);
    }
    planned.push({ learner, places, made: { fit, compiled } });
  }
  return { planned, later: [] };
}

/** The columns behind a step that training rows should see otherwise than later rows do. */
export function leakingAfter(
  step: FittedStep,
  compiled: CompiledStep,
  before: Pick<LayerStart, 'layout' | 'leaking'>,
): ReadonlySet<string> {
  const encoded = step.kind === 'target_encode' ? step.columns.map(({ column }) => column) : [];
  const origins = new Set([...before.leaking, ...encoded]);
  if (origins.size === 0) return origins;
  const leaks = compiled.layout.filter((_, i) =>
    compiled.sources[i]!.some((place) => origins.has(before.layout[place]!.name)),
  );
  return new Set(leaks.map(({ name }) => name));
}

const anyKind: readonly ColumnKind[] = [
  'numeric',
  'integer',
  'boolean',
  'categorical',
  'text',
  'timestamp',
];

/** Whether it is known already which columns a selector means, and what they are. */
function isSettled(
  selector: ColumnSelector,
  layout: readonly LayoutColumn[],
  pending: ReadonlyMap<string, readonly ColumnKind[]>,
): boolean {
  if (pending.size === 0) return true;
  const named = 'kinds' in selector ? (selector.except ?? []) : selector;
  const present = new Set(layout.map(({ name }) => name));
  if (named.some((name) => pending.has(name) || !present.has(name))) return false;
  if (!('kinds' in selector)) return true;
  return [...pending.values()].every((kinds) =>
    kinds.every((kind) => !selector.kinds.includes(kind)),
  );
}

/** What a step learns from has to be what later rows look like. */
function refuseLeaking(
  spec: StepSpec,
  columns: readonly LayoutColumn[],
  leaking: ReadonlySet<string>,
): void {
  const leak = columns.find(({ name }) => leaking.has(name));
  if (leak === undefined || specDefinition(spec.kind).needs(spec) === 'nothing') return;
  throw new StepNeedsTableError(
    spec.kind,
    `it learns from "${leak.name}", which target_encode makes of the training rows fold by fold`,
  );
}
