/**
 * The body of a worker thread of a search: measures the folds that it is sent, one by one, and
 * answers each. Not to be imported.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openFoldMeasurer } from './search/fold-measurer.ts';
import type { FoldJob, FoldReply, SearchWorkerData } from './search/threaded-measurer.ts';

const { threads, ...folded } = workerData as SearchWorkerData;
const measurer = openFoldMeasurer(folded, { threads });

async function replyTo({ hyperparameters, fold }: FoldJob): Promise<FoldReply> {
  try {
    return { outcome: await measurer.measure(hyperparameters, fold) };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (job: FoldJob) => {
  void replyTo(job).then((reply) => parentPort?.postMessage(reply));
});
