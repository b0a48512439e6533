/*
 * What is loaded once something has failed. A file of its own, so that a build brings these two of
 * the runtime and not all of it.
 */
export { describeError, errorOutcome } from '@gnu-mlops/app-runtime';
