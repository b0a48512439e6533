import { quoteCsvField } from '@gnu-mlops/data';
import type { RowPredictor } from '@gnu-mlops/predictor';

/** What a model says about the rows of one table. */
export type RowPredictions = ReturnType<RowPredictor['predictTable']>;

/** How the scored file is written: as its input is. */
export interface ScoredFormat {
  readonly delimiter: string;
  readonly lineEnding: string;
}

/**
 * The bytes of scored rows: each row's own bytes, untouched, then the added cells.
 *
 * @param rows each row's bytes as in the input, without the line ending.
 * @param timestamp ISO 8601, UTC; the same for all rows.
 */
export function formatScoredRows(
  rows: readonly Uint8Array[],
  predictions: RowPredictions,
  format: ScoredFormat & { readonly timestamp: string },
): Uint8Array {
  const { delimiter, lineEnding, timestamp } = format;
  const cellsOf = createCellFormatter(predictions, delimiter);
  const rest = `${delimiter}${timestamp}${lineEnding}`;
  const tails = rows.map((_row, index) => `${delimiter}${cellsOf(index)}${rest}`);
  const size = rows.reduce(
    (sum, row, index) => sum + row.length + Buffer.byteLength(tails[index]!),
    0,
  );
  const bytes = Buffer.allocUnsafe(size);
  let offset = 0;
  rows.forEach((row, index) => {
    bytes.set(row, offset);
    offset += row.length;
    offset += bytes.write(tails[index]!, offset);
  });
  return bytes;
}

/** The prediction of a row, with its probability where there is one, as cells of the file. */
function createCellFormatter(
  predictions: RowPredictions,
  delimiter: string,
): (row: number) => string {
  if (predictions.task === 'regression') return (row) => String(predictions.values[row]!);
  const { labels, probabilities, classes } = predictions;
  const quotedClasses = classes.map((label) => quoteCsvField(label, delimiter));
  return (row) => {
    const label = labels[row]!;
    const probability = probabilities[row * classes.length + label]!;
    return `${quotedClasses[label]!}${delimiter}${String(probability)}`;
  };
}
