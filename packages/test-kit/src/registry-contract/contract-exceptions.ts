import type { Registry } from '@gnu-mlops/registry-client';
import { it } from 'vitest';

/** What a backend cannot do by its nature. */
export interface ContractExceptions {
  /** Methods that throw REGISTRY_OPERATION_UNSUPPORTED before anything is sent. */
  readonly refuses?: readonly RefusableOperation[];
}

/** A method of the registry that a backend may refuse. */
export type RefusableOperation = Exclude<keyof Registry, 'uri' | 'close'>;

/** `it` for a test that uses these methods; skipped where the backend refuses one of them. */
export function itUsing(
  { refuses = [] }: ContractExceptions,
  ...operations: readonly RefusableOperation[]
): typeof it | typeof it.skip {
  return operations.some((operation) => refuses.includes(operation)) ? it.skip : it;
}
