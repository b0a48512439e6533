import { GnuMlopsError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';

/** Actual and predicted values that no metric can be measured on: other lengths, NaN, no such class. */
export class MetricInputError extends GnuMlopsError {
  static readonly code = 'METRIC_INPUT_INVALID';

  constructor(message: string) {
    super(MetricInputError.code, message);
  }
}

/** A metric name that is none of {@link METRIC_NAMES}. */
export class MetricUnknownError extends GnuMlopsError {
  static readonly code = 'METRIC_UNKNOWN';
  readonly metric: string;

  constructor(metric: string, known: readonly string[]) {
    const nearest = nearestName(metric, known);
    const hint =
      nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
    super(MetricUnknownError.code, `There is no metric "${metric}". ${hint}`);
    this.metric = metric;
  }
}
