import { isGnuMlopsError } from '@gnu-mlops/core';

/** What came of fitting and measuring one fold: figures by metric name, or why there are none. */
export type FoldOutcome =
  | { readonly metrics: Readonly<Record<string, number>> }
  | { readonly failure: { readonly code: string; readonly message: string } };

/** These say something of the machine or of the caller, not of the hyperparameters. */
const unrelatedCodes = /^TRAINER_(CANCELLED|(SEARCH_)?WORKER_FAILED)$/;

/**
 * What an error says of the hyperparameters that were tried.
 *
 * @throws the error itself where it says nothing of them.
 */
export function failureOf(error: unknown): FoldOutcome {
  if (!isGnuMlopsError(error) || unrelatedCodes.test(error.code)) throw error;
  return { failure: { code: error.code, message: error.message } };
}
