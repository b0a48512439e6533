/*
 * What a service says of itself, in its log and by how it ends. An entry of its own: it comes without
 * what trains, scores and reads tables.
 */
export { type Logger, createLogger } from './create-logger.ts';
export { createRedactor } from './create-redactor.ts';
export { describeError } from './describe-error.ts';
export { errorOutcome } from './error-table.ts';
