import { nearestName } from '@gnu-mlops/core';
import type { Algorithm } from './algorithm.ts';
import { stacking } from './ensemble/stacking.ts';
import { voting } from './ensemble/voting.ts';
import { AlgorithmUnknownError } from './errors.ts';
import { singleAlgorithms } from './single-algorithms.ts';

/** Every algorithm there is. */
export const algorithms: readonly Algorithm[] = [...singleAlgorithms, voting, stacking];

/** @throws {AlgorithmUnknownError} naming the nearest one there is. */
export function algorithmNamed(name: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.name === name);
  if (found !== undefined) return found;
  const known = algorithms.map((algorithm) => algorithm.name);
  throw new AlgorithmUnknownError(name, { nearest: nearestName(name, known), known });
}
