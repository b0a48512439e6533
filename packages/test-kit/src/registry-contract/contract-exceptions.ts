import type { Registry } from '@gnu-mlops/registry-client';
import { it } from 'vitest';

/** What a backend cannot do by its nature. */
export interface ContractExceptions {
  /** Methods that throw REGISTRY_OPERATION_UNSUPPORTED before anything is sent. */
  readonly refuses?: readonly RefusableOperation[];
  /** Methods that throw the same once the server was asked, as only then it is known to be too old. */
  readonly refusesOnceAsked?: readonly RefusableOperation[];
  /** What of the rest it does not have. */
  readonly lacks?: readonly LackingFeature[];
  /** How a name looks there, made of a text that nothing has yet; default: that text. */
  readonly nameOf?: NameOf;
}

/**
 * `default-experiment`: an experiment "Default" with id 0. `artifact-locations`: locations that the
 * caller chooses. `search-all-versions`: a search for versions that names no model. `metric-pages`:
 * histories of metrics by the page; they come whole. `repeated-points`: a point of a metric that comes
 * twice changes nothing. `null-conditions`: IS NULL and IS NOT NULL.
 */
export type LackingFeature =
  | 'default-experiment'
  | 'artifact-locations'
  | 'search-all-versions'
  | 'metric-pages'
  | 'repeated-points'
  | 'null-conditions';

/** Makes a name of a text that nothing has yet. */
export type NameOf = (kind: 'experiment' | 'model', fresh: string) => string;

/** `it` for a test of a feature; skipped where the backend lacks it. */
export function itWith(
  { lacks = [] }: ContractExceptions,
  feature: LackingFeature,
): typeof it | typeof it.skip {
  return lacks.includes(feature) ? it.skip : it;
}

/** A method of the registry that a backend may refuse. */
export type RefusableOperation = Exclude<keyof Registry, 'uri' | 'close'>;

/** `it` for a test that uses these methods; skipped where the backend refuses one of them. */
export function itUsing(
  { refuses = [], refusesOnceAsked = [] }: ContractExceptions,
  ...operations: readonly RefusableOperation[]
): typeof it | typeof it.skip {
  const refused = [...refuses, ...refusesOnceAsked];
  return operations.some((operation) => refused.includes(operation)) ? it.skip : it;
}
