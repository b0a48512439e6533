import type { ColumnSelector } from '../column-selector.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';
import { logarithmSpec, logarithmStep } from './logarithm.ts';

/**
 * The natural logarithm of 1 + value, for amounts and counts with a long tail. Missing cells stay
 * missing. A training value of -1 or less is an error; a later one becomes missing.
 *
 * @see numpy.log1p
 */
export interface Log1pSpec {
  readonly kind: 'log1p';
  readonly columns: ColumnSelector;
}

/** The columns whose logarithm is taken. */
export interface FittedLog1p {
  readonly kind: 'log1p';
  readonly columns: readonly string[];
}

const log1p = { kind: 'log1p', of: Math.log1p, above: -1 } as const;

/** How a log1p step is read and fitted. */
export const log1pSpec: SpecDefinition<Log1pSpec, FittedLog1p> = logarithmSpec(log1p);

/** How a fitted log1p step is read and applied. */
export const log1pStep: StepDefinition<FittedLog1p> = logarithmStep(log1p);
