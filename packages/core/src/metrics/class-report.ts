/** Precision, recall and F1 of one class or of an average. What is undefined is NaN. */
export interface ClassScores {
  /** Share of the rows called by this class that are of it; NaN where none was. */
  readonly precision: number;
  /** Share of the rows of this class that were called by it; NaN where none occurred. */
  readonly recall: number;
  /** Harmonic mean of the two; NaN where the class neither occurred nor was predicted. */
  readonly f1: number;
  /** Rows (or their weight) of this class; of an average: of all classes. */
  readonly support: number;
}

/** How well each class is recognised, and three ways of averaging that. */
export interface ClassReport {
  /** In the order of the given classes. */
  readonly classes: readonly (ClassScores & { readonly className: string })[];
  /** The mean over the classes, each counting alike; undefined figures are left out. */
  readonly macro: ClassScores;
  /** The mean over the classes, each counting by its support; undefined figures are left out. */
  readonly weighted: ClassScores;
  /** Over all rows at once; with one class a row, all three are the accuracy. */
  readonly micro: ClassScores;
}

/**
 * Precision, recall, F1 and support of each class. {@link ClassificationMetrics} can be passed as
 * they are.
 *
 * @see scikit-learn classification_report with zero_division=nan; where only classes without rows
 *   were predicted, its weighted precision is 0 and this one NaN.
 */
export function measureClassReport(measured: {
  /** Rows are actual classes, columns predicted ones. */
  readonly confusionMatrix: readonly (readonly number[])[];
  readonly classes: readonly string[];
}): ClassReport {
  const { confusionMatrix } = measured;
  const classes = measured.classes.map((className, code) => ({
    className,
    ...measureClassScores(confusionMatrix, code),
  }));
  const support = sum(classes.map((scores) => scores.support));
  const accuracy = sum(confusionMatrix.map((counts, code) => counts[code]!)) / support;
  return {
    classes,
    macro: average(classes, () => 1),
    weighted: average(classes, (scores) => scores.support),
    micro: { precision: accuracy, recall: accuracy, f1: accuracy, support },
  };
}

/** The scores of one class, by its code. */
export function measureClassScores(
  confusionMatrix: readonly (readonly number[])[],
  code: number,
): ClassScores {
  const hits = confusionMatrix[code]![code]!;
  const support = sum(confusionMatrix[code]!);
  const predicted = sum(confusionMatrix.map((counts) => counts[code]!));
  return {
    precision: hits / predicted,
    recall: hits / support,
    f1: (2 * hits) / (support + predicted),
    support,
  };
}

function average(
  classes: readonly ClassScores[],
  weightOf: (scores: ClassScores) => number,
): ClassScores {
  const mean = (name: 'precision' | 'recall' | 'f1') => {
    const defined = classes.filter((scores) => !Number.isNaN(scores[name]));
    return (
      sum(defined.map((scores) => weightOf(scores) * scores[name])) / sum(defined.map(weightOf))
    );
  };
  return {
    precision: mean('precision'),
    recall: mean('recall'),
    f1: mean('f1'),
    support: sum(classes.map((scores) => scores.support)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
