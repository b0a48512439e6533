import { isGnuMlopsError } from '@gnu-mlops/core';

/** What was asked for; undefined where the registry says, by that code, that it is not there. */
export async function unlessMissing<T>(asked: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGnuMlopsError(error) && error.code === code) return undefined;
    throw error;
  }
}
