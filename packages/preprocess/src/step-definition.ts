import type { ColumnKind } from '@gnu-mlops/core';
import type { Cells } from './cells.ts';
import type { ColumnSelector } from './column-selector.ts';
import type { EncodedTarget } from './encode-target.ts';
import type { JsonNode } from './json-node.ts';
import type { Learner, LearningContext, LearningNeeds } from './learning/learner.ts';

/** What a column is at one point between the steps. */
export interface LayoutColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The number of categories, where numbers stand for categories without an order. */
  readonly categories?: number;
}

/** A column of the training rows at one point between the steps. */
export interface FrameColumn extends LayoutColumn {
  readonly cells: Cells;
}

/** The training rows at one point between the steps. */
export interface Frame {
  readonly rowCount: number;
  readonly columns: readonly FrameColumn[];
  /** The target of these rows. @throws {TargetNeededError} where none was named. */
  target(step: string): EncodedTarget;
}

/** The columns that a step can work on. */
export type AcceptedCells = 'numbers' | 'texts' | 'timestamps' | 'any';

/** A raw or derived column that no feature comes from, and why. */
export interface DroppedColumn {
  readonly column: string;
  readonly reason: string;
}

/** What fitting one step gives. */
export interface StepFit<Fitted> {
  readonly steps: readonly Fitted[];
  readonly dropped?: readonly DroppedColumn[];
  /**
   * By the name of an output: its cells for the training rows, where they are others than the fitted
   * step makes of the same rows later.
   */
  readonly trainingCells?: ReadonlyMap<string, Cells>;
}

/** The rows that a step learns from. */
export interface LearningRows extends LearningContext {
  /** The columns at the step. */
  readonly layout: readonly LayoutColumn[];
}

/** How the unfitted form of one step is read and fitted. */
export interface SpecDefinition<Spec, Fitted> {
  readonly accepts: AcceptedCells;
  /** @throws {RecipeSpecInvalidError} */
  parse(node: JsonNode): Spec;
  /** The columns to point it at; default: its field `columns`. */
  selectorOf?(spec: Spec): ColumnSelector;
  needs(spec: Spec): LearningNeeds;
  /**
   * Whether all columns at the step matter to it, not only those that it is pointed at, as they do
   * where it drops the others; default false.
   */
  readonly concernsOthers?: boolean;
  /** The kinds of columns that one column may become; default: any. */
  makes?(spec: Spec, column: LayoutColumn): readonly ColumnKind[];
  /**
   * Begin to learn the step.
   *
   * @param columns those that it is pointed at; all of them are accepted ones.
   */
  learn(spec: Spec, columns: readonly LayoutColumn[], rows: LearningRows): Learner<Fitted>;
}

/** How the fitted form of one step is read and applied. */
export interface StepDefinition<Fitted> {
  /** @throws {RecipeInvalidError} */
  parse(node: JsonNode): Fitted;
  /** The names of the columns that the step looks into; one that is only dropped is not. */
  reads(step: Fitted): readonly string[];
  /**
   * Prepare the step for columns of one layout.
   *
   * @throws {RecipeInvalidError} when the step does not fit the layout.
   * @throws {ColumnDuplicateError} when two columns would share a name afterwards.
   */
  compile(step: Fitted, layout: readonly LayoutColumn[]): CompiledStep;
}

/** A fitted step, ready to run on columns in the order of the layout it was compiled for. */
export interface CompiledStep {
  /** The columns afterwards. */
  readonly layout: readonly LayoutColumn[];
  /** For each of them, the positions of the columns before the step that it is made from. */
  readonly sources: readonly (readonly number[])[];
  run(columns: readonly Cells[], rowCount: number): readonly Cells[];
}
