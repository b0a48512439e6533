import { quoteCsvField } from '@gnu-mlops/data';
import type { ScoredFormat } from './format-scored-rows.ts';
import type { PredictionColumns } from './prediction-columns.ts';

/**
 * The first line of the input as it stands there, and the names of the added columns.
 *
 * @param headerBytes without the line ending.
 */
export function formatHeader(
  headerBytes: Uint8Array,
  columns: PredictionColumns,
  { delimiter, lineEnding }: ScoredFormat,
): Uint8Array {
  const { prediction, probability, timestamp } = columns;
  const names = probability === undefined ? [prediction] : [prediction, probability];
  const added = [...names, timestamp].map((name) => quoteCsvField(name, delimiter));
  const tail = `${delimiter}${added.join(delimiter)}${lineEnding}`;
  return Buffer.concat([headerBytes, Buffer.from(tail)]);
}
