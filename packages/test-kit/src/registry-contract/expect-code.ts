import { isGnuMlopsError } from '@gnu-mlops/core';
import { expect } from 'vitest';

/** Expect a promise to reject with a coded error, and look at its message. */
export async function expectCode(
  promise: Promise<unknown>,
  code: string,
  message?: string | RegExp,
): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isGnuMlopsError(error)) {
    throw new Error(`Expected an error with code ${code}.`, { cause: error });
  }
  expect(error.code).toBe(code);
  if (message !== undefined) expect(error.message).toMatch(message);
}
