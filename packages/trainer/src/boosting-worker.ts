/**
 * The body of a worker thread: takes parts of the leader's operations until it is told to end. Not
 * to be imported.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { workForTeam } from './boosting/team-board.ts';
import { type WorkbenchPlan, openWorkbench } from './boosting/workbench.ts';

const bench = openWorkbench(workerData as WorkbenchPlan);
parentPort?.postMessage('ready');
workForTeam(bench);
