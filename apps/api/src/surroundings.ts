import type { ServerSurroundings } from '@gnu-mlops/app-runtime/server';

/** Everything outside the process that the service may touch, so that a test can stand in for it. */
export interface Surroundings extends ServerSurroundings {
  /** A line of the log: standard output. */
  writeLog(line: string): void;
  /** What is for the person who starts the service, and never for the log: standard error. */
  writeNotice(text: string): void;
}
