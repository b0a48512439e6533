import { GnuMlopsError } from '@gnu-mlops/core';
import type { DuckDbWork } from './duckdb-failure.ts';

/** DuckDB needs more memory than it may take. */
export class QueryMemoryError extends GnuMlopsError {
  static readonly code = 'DATA_MEMORY_EXCEEDED';
  readonly source: string;
  readonly memoryLimitBytes: number;

  constructor({ source, memoryLimitBytes, canSpill }: DuckDbWork, cause: unknown) {
    const folder = canSpill
      ? 'or make room in the folder that it spills to'
      : 'or name a folder that it can spill to (spillFolder)';
    super(
      QueryMemoryError.code,
      `"${source}" needs more than the ${Number((memoryLimitBytes / 1e6).toPrecision(3))} MB of memory that ` +
        'DuckDB may take. Allow more (memoryLimitBytes; memory_limit_mb of the configuration), ' +
        `let fewer threads work at it (threads), ${folder}.`,
      { cause },
    );
    this.source = source;
    this.memoryLimitBytes = memoryLimitBytes;
  }
}
