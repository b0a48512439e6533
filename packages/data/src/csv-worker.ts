/**
 * The body of a worker thread that helps to read a long CSV file. Not to be imported.
 */
import { workerData } from 'node:worker_threads';
import { type HelperTask, helpWithSegments } from './segments/help-with-segments.ts';

helpWithSegments(workerData as HelperTask);
