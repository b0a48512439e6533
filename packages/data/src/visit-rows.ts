import { availableParallelism } from 'node:os';
import type { CsvSource } from './csv-source.ts';
import type { FieldBatch } from './field-batch.ts';
import { type SegmentPlan, planSegments } from './segments/plan-segments.ts';
import { DESKS_PER_HELPER, OWN_DESKS, readSegments } from './segments/read-segments.ts';

/** Another thread is worth its start for so many bytes. */
const bytesPerThread = 16_777_216;
const mostThreads = 4;

/**
 * Visit all rows of a source in batches, in their order; long files of this machine with the help of
 * other threads.
 *
 * @param threads how many, this one included; default: as many as the machine has and the file is
 * worth, at most four.
 * @returns the number of rows.
 */
export async function visitRows(
  source: CsvSource,
  visit: (batch: FieldBatch) => void,
  threads?: number,
): Promise<number> {
  const helpers = (threads ?? suitableThreads(source)) - 1;
  const plan = helpers > 0 ? planFor(source) : undefined;
  const desks = plan === undefined ? 0 : OWN_DESKS + helpers * DESKS_PER_HELPER;
  const batch = source.createBatch(Array<number>(desks).fill(plan?.windowLength ?? 0));
  const { kernels } = source;
  source.readWithThisThread();
  if (plan !== undefined && kernels !== undefined) {
    return readSegments({ source, kernels, plan, helpers }, visit);
  }
  let rowCount = 0;
  while (await source.readRows(batch, Number.MAX_SAFE_INTEGER)) {
    visit(batch);
    rowCount += batch.rowCount;
  }
  return rowCount;
}

function suitableThreads({ file, sizeBytes = 0 }: CsvSource): number {
  if (file === undefined) return 1;
  const worth = Math.floor(sizeBytes / bytesPerThread);
  return Math.min(availableParallelism(), mostThreads, worth);
}

function planFor(source: CsvSource): SegmentPlan | undefined {
  const { file, sizeBytes, rowsExpected, header, lineEnding } = source;
  if (file === undefined || sizeBytes === undefined || lineEnding === '\r') return undefined;
  const { offset: origin } = source.position();
  return planSegments({ origin, sizeBytes, rowsExpected, columnCount: header.length });
}
