import type { Table } from '@gnu-mlops/core';
import { type RecipeSpec, type StepSpec, defaultRecipeSpec } from '@gnu-mlops/preprocess';
import { algorithmNamed } from './algorithms.ts';
import { featureFamily } from './feature-family.ts';
import type { LearningTask } from './learning-task.ts';

/**
 * The recipe that a task asks for, or the default one for the rows that are fitted on, where the
 * columns that the algorithm splits by their categories keep them.
 *
 * @param table the rows that are fitted on.
 */
export function recipeSpecFor(task: LearningTask, table: Table): RecipeSpec {
  if (task.recipe !== undefined) return task.recipe;
  const algorithm = algorithmNamed(task.algorithm);
  const family = featureFamily(algorithm, task.hyperparameters);
  const spec = defaultRecipeSpec(table, { for: family, target: task.targetName });
  const wanted = algorithm.categoricalColumns?.(task.hyperparameters) ?? null;
  if (wanted === null) return spec;
  const columns = wanted === 'auto' ? ({ kinds: ['categorical', 'text'] } as const) : wanted;
  const encode: StepSpec = {
    kind: 'ordinal_encode',
    columns,
    unknown: 'missing',
    output: 'categorical',
  };
  const isNamed = (column: string) => wanted !== 'auto' && wanted.includes(column);
  const steps = spec.steps.filter((step) => !isDropOf(step, isNamed));
  const at = steps.findIndex(({ kind }) => kind === 'one_hot');
  return { ...spec, steps: [...steps.slice(0, at), encode, ...steps.slice(at)] };
}

/** Whether a default recipe would drop a column that the caller named. */
function isDropOf(step: StepSpec, isNamed: (column: string) => boolean): boolean {
  return step.kind === 'drop' && Array.isArray(step.columns) && step.columns.every(isNamed);
}
