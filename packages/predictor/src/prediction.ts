/** What a model says about one row. */
export interface Prediction {
  /**
   * Classification: the label of the class that the model's threshold decides, else of the most
   * probable one, as text, exactly as the model file holds
   * it (a class `1` or `true` of the training data is the text `1` or `true`). Regression: a number
   * in the target's own unit.
   */
  readonly prediction: string | number;
  /** Of the predicted class, in [0, 1], calibrated where the model calibrates; only for classification. */
  readonly probability?: number;
  /** By class label, in the order of the model's classes, adding up to 1; only for classification. */
  readonly probabilities?: { readonly [label: string]: number };
}
