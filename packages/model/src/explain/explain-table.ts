import type { Table } from '@gnu-mlops/core';
import { createTransformer } from '@gnu-mlops/preprocess';
import { checkModel } from '../check-model.ts';
import { ScoreNotFiniteError } from '../errors.ts';
import type { Model } from '../model.ts';
import { createExplainer } from './create-explainer.ts';
import { featureMeans } from './feature-means.ts';
import { featureSources } from './feature-sources.ts';

/** What explained scores are in: see {@link TableExplanation}. */
export type ScoreSpace = 'probability' | 'log_odds' | 'log_weight' | 'target' | 'log_target';

/**
 * Where a model's scores for the rows of a table come from, by raw column: base value plus
 * contributions is the score, which is the estimator's own: before a calibration.
 */
export interface TableExplanation {
  readonly rowCount: number;
  /** The raw columns that the model reads, in the order of its recipe. */
  readonly columns: readonly string[];
  /** Class labels, or the target's name; of a log odds the second class alone. */
  readonly outputs: readonly string[];
  /** Only for log odds: the first class, whose log odds are those of the second with the sign turned. */
  readonly opposite?: string;
  /**
   * `probability`: a forest of class shares; `log_odds` of the second of two classes;
   * `log_weight`: exponentials, divided by their sum, are the probabilities; `target`: a number in
   * the target's own unit; `log_target`: its logarithm.
   */
  readonly space: ScoreSpace;
  /** Only of a model that calibrates: the scores are those before that, not what the model predicts. */
  readonly before?: 'calibration';
  /** What is expected of a row about which nothing is known; one an output. */
  readonly baseValues: Float64Array;
  /** rowCount x columns x outputs, row-major. */
  readonly contributions: Float64Array;
}

/** Explains the rows of a table. */
export type TableExplainer = (table: Table) => TableExplanation;

/** Settings of {@link createTableExplainer}. */
export interface TableExplainerOptions {
  /**
   * Rows whose feature means a linear model's rows are compared with; default: zeros, see
   * `ExplainerOptions`. Trees hold their own background and do not look at it.
   */
  readonly background?: Table;
}

/**
 * Prepare a model's explanations for many tables, or for one row at a time.
 *
 * The explainer throws what `transformTable` of @gnu-mlops/preprocess throws, and
 * {@link ScoreNotFiniteError} for a row whose contributions are not finite.
 *
 * @throws {ModelInvalidError} when the model's parts do not fit together, or its trees hold no cover.
 * @throws {ExplainOptionError} when a feature has no value in the background rows.
 */
export function createTableExplainer(
  model: Model,
  options: TableExplainerOptions = {},
): TableExplainer {
  checkModel(model);
  const { recipe, estimator } = model;
  const transform = createTransformer(recipe);
  const background = options.background && featureMeans(transform(options.background));
  const explain = createExplainer(estimator, background && { background });
  const sources = featureSources(recipe);
  const columns = recipe.inputs.map(({ name }) => name);
  const scores = describeScores(model);
  const { outputs } = scores;

  return (table) => {
    const matrix = transform(table);
    const { rowCount, baseValues, contributions } = explain(matrix);
    const summed = new Float64Array(rowCount * columns.length * outputs.length);
    for (let row = 0, from = 0; row < rowCount; row++) {
      const rowStart = row * columns.length * outputs.length;
      for (let feature = 0; feature < sources.length; feature++) {
        const shared = sources[feature]!;
        for (let k = 0; k < outputs.length; k++, from++) {
          const contribution = contributions[from]!;
          if (!Number.isFinite(contribution)) {
            throw new ScoreNotFiniteError(row, recipe.features[feature]!.name);
          }
          for (const column of shared) {
            summed[rowStart + column * outputs.length + k]! += contribution / shared.length;
          }
        }
      }
    }
    return { ...scores, rowCount, columns, baseValues, contributions: summed };
  };
}

/**
 * Explain the rows of a table that has the model's inputs. For many tables, or one row at a time,
 * keep an explainer from {@link createTableExplainer} instead.
 *
 * @throws what {@link createTableExplainer} and its explainer throw.
 */
export function explainTable(
  model: Model,
  table: Table,
  options: TableExplainerOptions = {},
): TableExplanation {
  return createTableExplainer(model, options)(table);
}

function describeScores(
  model: Model,
): Pick<TableExplanation, 'outputs' | 'opposite' | 'space' | 'before'> {
  const { target, estimator, calibration } = model;
  if (model.task === 'regression') {
    const space = estimator.link === 'exponential' ? 'log_target' : 'target';
    return { outputs: [target.name], space };
  }
  const classes = target.classes!;
  const before = calibration && ({ before: 'calibration' } as const);
  if (estimator.link === 'logistic') {
    return { outputs: [classes[1]!], opposite: classes[0]!, space: 'log_odds', ...before };
  }
  const space = estimator.link === 'softmax' ? 'log_weight' : 'probability';
  return { outputs: classes, space, ...before };
}
