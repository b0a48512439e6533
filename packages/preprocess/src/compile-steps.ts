import { type ColumnSpec, columnKindOf } from '@gnu-mlops/core';
import type { Cells } from './cells.ts';
import type { Feature } from './feature-matrix.ts';
import { type FittedStep, stepDefinition } from './fitted-step.ts';
import type { CompiledStep, LayoutColumn } from './step-definition.ts';

/** Prepare one fitted step for columns of one layout. */
export function compileStep(step: FittedStep, layout: readonly LayoutColumn[]): CompiledStep {
  return stepDefinition(step.kind).compile(step, layout);
}

/** Prepare all steps of a recipe, one after the other. */
export function compileSteps(
  inputs: readonly ColumnSpec[],
  steps: readonly FittedStep[],
): CompiledStep {
  let layout: readonly LayoutColumn[] = inputs.map(({ name, type }) => ({
    name,
    kind: columnKindOf(type),
  }));
  let sources: readonly (readonly number[])[] = inputs.map((_, i) => [i]);
  const compiled = steps.map((step) => {
    const ready = compileStep(step, layout);
    layout = ready.layout;
    sources = ready.sources.map((from) => [...new Set(from.flatMap((i) => sources[i]!))]);
    return ready;
  });
  function run(columns: readonly Cells[], rowCount: number): readonly Cells[] {
    let current = columns;
    for (const step of compiled) current = step.run(current, rowCount);
    return current;
  }
  return { layout, sources, run };
}

/** The features that the last layout's columns are. */
export function featuresOf(layout: readonly LayoutColumn[]): Feature[] {
  return layout.map(({ name, categories }) =>
    categories === undefined
      ? { name, kind: 'numeric' }
      : { name, kind: 'categorical', categories },
  );
}
