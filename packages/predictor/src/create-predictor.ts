import { type Model, parseModel } from '@gnu-mlops/model';
import { PredictorClosedError } from './errors.ts';
import type { Predictor } from './predictor.ts';
import { type PredictOptions, createRowPredictor } from './row-predictor.ts';

/** A predictor of a model at hand; its `refresh` finds nothing new. */
export function createPredictor(model: Model, options: PredictOptions = {}): Predictor {
  const fixed = createRowPredictor(model, options);
  let isClosed = false;

  function open(): typeof fixed {
    if (isClosed) throw new PredictorClosedError();
    return fixed;
  }
  return {
    model,
    predict: (input) => open().predict(input),
    explain: (input, options) => open().explain(input, options),
    predictTable: (table, options) => open().predictTable(table, options),
    snapshot: open,
    refresh: async () => ({ status: 'unchanged' }),
    close() {
      isClosed = true;
    },
  };
}

/**
 * A predictor of a model file's bytes (`model.gnumlops`), wherever they came from.
 *
 * @throws a `MODEL_FILE_*` error of `@gnu-mlops/model` when the bytes are no sound model file.
 */
export function createPredictorFromBytes(
  bytes: Uint8Array,
  options: PredictOptions = {},
): Predictor {
  return createPredictor(parseModel(bytes), options);
}
