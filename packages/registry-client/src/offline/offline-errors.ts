import { GnuMlopsError } from '@gnu-mlops/core';

/** What an offline run kept in its folder cannot be read: it is damaged, or no offline run at all. */
export class OfflineDamagedError extends GnuMlopsError {
  static readonly code = 'REGISTRY_OFFLINE_DAMAGED';
  readonly path: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(
      OfflineDamagedError.code,
      `The offline run at ${path} cannot be read: ${problem} Nothing of it was sent; restore the folder from a copy, or move it out of the way.`,
      options,
    );
    this.path = path;
  }
}
