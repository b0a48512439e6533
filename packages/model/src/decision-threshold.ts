/** From which probability on a row is called positive, where that is not simply the more probable class. */
export interface DecisionThreshold {
  /** One of the model's two classes. */
  readonly positiveClass: string;
  /**
   * A row is of the positive class when its probability, calibrated where the model calibrates, is at
   * least this; else of the other class. At least 0; above 1 no row is called positive.
   */
  readonly value: number;
}
