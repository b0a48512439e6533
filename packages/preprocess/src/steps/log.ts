import type { ColumnSelector } from '../column-selector.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';
import { logarithmSpec, logarithmStep } from './logarithm.ts';

/**
 * The natural logarithm, for amounts above 0 whose ratios matter. Missing cells stay missing. A
 * training value of 0 or less is an error; a later one becomes missing.
 *
 * @see numpy.log
 */
export interface LogSpec {
  readonly kind: 'log';
  readonly columns: ColumnSelector;
}

/** The columns whose logarithm is taken. */
export interface FittedLog {
  readonly kind: 'log';
  readonly columns: readonly string[];
}

const log = { kind: 'log', of: Math.log, above: 0 } as const;

/** How a log step is read and fitted. */
export const logSpec: SpecDefinition<LogSpec, FittedLog> = logarithmSpec(log);

/** How a fitted log step is read and applied. */
export const logStep: StepDefinition<FittedLog> = logarithmStep(log);
