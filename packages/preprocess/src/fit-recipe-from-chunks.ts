import { type Table, type Task, columnNamed } from '@gnu-mlops/core';
import { assembleRecipe } from './assemble-recipe.ts';
import type { Cells } from './cells.ts';
import { compileStep } from './compile-steps.ts';
import { ChunksChangedError, EmptyTableError, TargetNeededError } from './errors.ts';
import type { FittedStep } from './fitted-step.ts';
import { type ChunkReader, openChunkReader } from './learning/chunk-reader.ts';
import { type TargetEncoder, collectTarget } from './learning/collect-target.ts';
import type { LearningContext } from './learning/learner.ts';
import { type Layer, leakingAfter, planLayer } from './learning/plan-layer.ts';
import { parseRecipeSpec } from './parse-recipe-spec.ts';
import type { Recipe, RecipeSpec } from './recipe.ts';
import { renumberRows } from './renumber-rows.ts';
import type { CompiledStep, DroppedColumn, Frame, LayoutColumn } from './step-definition.ts';
import { specDefinition } from './step-spec.ts';

/** Training rows in tables of any size, in order. */
export type TableChunks = AsyncIterable<Table> | Iterable<Table>;

/** Settings of {@link fitRecipeFromChunks}. */
export interface FitChunksOptions {
  /** The column to predict: it is put aside before anything is learnt. */
  readonly target?: string;
  /** What is predicted, for steps that learn from it; default: what {@link inferTask} says of it. */
  readonly task?: Task;
  /**
   * The most values of a column that are kept, 8 bytes each, to find its quantiles exactly; default
   * 262144. Of more, quantiles are estimates whose places are wrong by less than 0.1 % of the rows, and
   * `yeo_johnson` learns from those.
   */
  readonly mostValues?: number;
  /** The most different categories or words that are counted in a column; default 100000. */
  readonly mostCategories?: number;
  readonly signal?: AbortSignal;
}

/** A recipe that was learnt from chunks. */
export interface FittedFromChunks {
  readonly recipe: Recipe;
  readonly rowCount: number;
  /** How often the rows were read. */
  readonly passes: number;
  /** Columns whose quantiles are estimates, having more than `mostValues` values. */
  readonly estimated: readonly string[];
}

/**
 * Learn a recipe from training rows that do not fit in memory. What `fitRecipe` learns from the same
 * rows in one table is the same to 1e-12, but for what is learnt from the quantiles of more than
 * `mostValues` values.
 *
 * The rows are read once for each layer of steps: a layer ends where a step looks at columns that a
 * step of the same layer is still learning to make. Default recipes take one pass (trees) or two
 * (linear). Steps that learn from the target begin in the second pass, as its classes must be known.
 *
 * Memory grows with the chunk, with the number of columns (of `drop_correlated`: of their pairs) and
 * with the categories and words that are counted, never with the number of rows.
 *
 * Steps that learn from what `target_encode` makes are refused: training rows have that fold by fold.
 * For the same reason an estimator must not learn from rows that a recipe with `target_encode` was
 * fitted on: transform others, or use `fitTransform`.
 *
 * The first chunk says which columns there are and of which kinds; only texts may be dictionary-coded
 * in one chunk and plain in another, each with a dictionary of its own.
 *
 * @param openChunks called once a pass; it must give the same rows in the same order each time.
 * @throws what `fitRecipe` throws, with rows counted over all chunks.
 * @throws {StepNeedsTableError} for a step that learns from what `target_encode` makes.
 * @throws {CategoriesTooManyError} when a column has more categories than `mostCategories`.
 * @throws {ChunksChangedError} when a pass gives another number of rows than the first.
 * @throws {ColumnNotFoundError} {@link InputKindError} when a chunk's columns are not the first's.
 */
export async function fitRecipeFromChunks(
  openChunks: () => TableChunks,
  spec: RecipeSpec,
  options: FitChunksOptions = {},
): Promise<FittedFromChunks> {
  const { target, task, mostValues = 262_144, mostCategories = 100_000, signal } = options;
  const estimated = new Set<string>();
  const context: LearningContext = {
    rows: 'chunks',
    mostValues,
    mostCategories,
    onEstimate: (column) => void estimated.add(column),
  };
  const steps: FittedStep[] = [];
  const dropped: DroppedColumn[] = [];
  let later = parseRecipeSpec(spec).steps;
  const learnsFromTarget = later.some((step) => specDefinition(step.kind).needs(step) === 'target');
  let reader: ChunkReader | undefined;
  let layout: readonly LayoutColumn[] = [];
  let leaking: ReadonlySet<string> = new Set();
  let ready: CompiledStep[] = [];
  let encoder: TargetEncoder | undefined;
  let rowCount = 0;
  let passes = 0;

  do {
    let layer: Layer | undefined;
    let first = 0;
    const isTargetKnown = passes > 0 || target === undefined;
    const targetFacts =
      !isTargetKnown && learnsFromTarget
        ? collectTarget({ name: target!, mostCategories, ...(task && { task }) })
        : undefined;
    for await (const chunk of openChunks()) {
      signal?.throwIfAborted();
      if (reader === undefined) {
        reader = openChunkReader(chunk, target);
        layout = reader.layout;
      }
      layer ??= planLayer(later, { layout, leaking, context, isTargetKnown });
      if (chunk.rowCount === 0) continue;
      const open = reader;
      const before = first;
      const inAllChunks = (row: number) => before + row;
      renumberRows(inAllChunks, () => {
        targetFacts?.add(columnNamed(chunk, target!));
        let cells = open.read(chunk);
        for (const step of ready) cells = step.run(cells, chunk.rowCount);
        learnChunk(layer!, {
          rowCount: chunk.rowCount,
          columns: layout.map((column, i) => ({ ...column, cells: cells[i]! })),
          target(step) {
            if (target === undefined) throw new TargetNeededError(step);
            return encoder!(columnNamed(chunk, target));
          },
        });
      });
      first += chunk.rowCount;
    }
    if (first === 0) throw new EmptyTableError();
    if (passes > 0 && first !== rowCount) throw new ChunksChangedError(rowCount, first);
    rowCount = first;
    passes++;
    encoder ??= targetFacts?.finish();
    for (const { learner, made } of layer!.planned) {
      const fit = made?.fit ?? learner.finish(rowCount);
      for (const column of fit.dropped ?? []) dropped.push(column);
      for (const step of fit.steps) {
        if (step.columns.length === 0) continue;
        const compiled = compileStep(step, layout);
        leaking = leakingAfter(step, compiled, { layout, leaking });
        layout = compiled.layout;
        ready = [...ready, compiled];
        steps.push(step);
      }
    }
    later = layer!.later;
  } while (later.length > 0);

  const recipe = assembleRecipe({ inputs: reader!.inputs(), steps, layout, dropped });
  return { recipe, rowCount, passes, estimated: [...estimated] };
}

/** Show one chunk to the steps of a layer, each as the steps before it leave the rows. */
function learnChunk({ planned }: Layer, frame: Frame): void {
  let current = frame;
  for (const { learner, places, made } of planned) {
    learner.add(
      places.map((place) => current.columns[place]!),
      current,
    );
    for (const compiled of made?.compiled ?? []) {
      const cells: readonly Cells[] = compiled.run(
        current.columns.map((column) => column.cells),
        current.rowCount,
      );
      const columns = compiled.layout.map((column, i) => ({ ...column, cells: cells[i]! }));
      current = { ...current, columns };
    }
  }
}
