/**
 * The body of a worker thread that helps to read long CSV files, one after the other. Not to be
 * imported.
 */
import { parentPort } from 'node:worker_threads';
import { type HelperTask, helpWithSegments } from './segments/help-with-segments.ts';

parentPort!.on('message', (task: HelperTask) => {
  helpWithSegments(task);
  parentPort!.postMessage('done');
});
