import { ExportUnsupportedError } from '../errors.ts';
import type { Model } from '../model.ts';

/** How a model is written for a library that knows trees only. */
export interface TreeExportOptions {
  /**
   * What to do about a calibration, for which the format has no place: `error` (default), or
   * `leave_out`, and then the library predicts the probabilities before it.
   */
  readonly onCalibration?: 'error' | 'leave_out';
}

/** @throws {ExportUnsupportedError} when the model calibrates, and that was not to be left out. */
export function checkCalibrationExport(
  format: string,
  { calibration }: Model,
  { onCalibration = 'error' }: TreeExportOptions,
): void {
  if (calibration === undefined || onCalibration === 'leave_out') return;
  throw new ExportUnsupportedError(
    format,
    `it calibrates its probabilities (${calibration.method}), and the format has no place for that; ` +
      'onCalibration "leave_out" writes the trees alone, whose probabilities are others',
  );
}
