import type { RefreshResult } from './refresh-result.ts';
import type { RowPredictor } from './row-predictor.ts';

/**
 * Predicts with the model that a registry, a file or the caller named. Where the name moves on to
 * another version, so does the predictor, without a pause.
 */
export interface Predictor extends RowPredictor {
  /** The model as it is now, which later refreshes do not touch: for work over many chunks. */
  snapshot(): RowPredictor;
  /**
   * Look whether the stage or alias moved, and swap the model if so. Predictions go on meanwhile,
   * with the old model. Never rejects: after a failure the old model goes on serving. The look is
   * never older than the call.
   */
  refresh(): Promise<RefreshResult>;
  /** Stop for good: predicting afterwards throws {@link PredictorClosedError}. */
  close(): void;
}
