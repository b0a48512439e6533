import { type TableSource, fileSource } from '@gnu-mlops/data';
import type { FileSource, OpenedSource } from './training-source.ts';

/** A file, or whatever else rows can be read from, as a source. */
export function openPlainSource(source: FileSource | OpenedSource): TableSource {
  return 'from' in source ? source.from : fileSource(source.path, source);
}
