import type { Config } from '@gnu-mlops/core/config';

/**
 * How many threads a fit may use; left out: all of the machine's, where the work repays them. Whatever
 * it is, the model is the same to the byte.
 *
 * @param jobs what a caller decides in place of `training.n_jobs`: a count, or -1 for all.
 */
export function threadSettings(
  { training }: Config,
  jobs: number = training.n_jobs,
): { readonly threads?: number } {
  return jobs === -1 ? {} : { threads: jobs };
}
