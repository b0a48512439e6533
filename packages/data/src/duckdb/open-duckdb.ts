import type { DuckDBConnection } from '@duckdb/node-api';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { importOptional } from '../import-optional.ts';
import { temporaryName } from '../temporary-name.ts';
import { exactPattern, quoteText } from './sql-text.ts';

/** How much DuckDB may use, and what it may touch. */
export interface DuckDbLimits {
  /** DuckDB spills or fails beyond it. Default 512 MiB. */
  readonly memoryLimitBytes?: number | undefined;
  /** Default: as many as the machine has processors. */
  readonly threads?: number | undefined;
  /**
   * Where it may put what memory does not hold, in a hidden folder of its own that goes when it is
   * done. Default: nowhere, it fails instead.
   */
  readonly spillFolder?: string | undefined;
}

/** A DuckDB of its own, in memory. */
export interface DuckDb {
  readonly connection: DuckDBConnection;
  readonly memoryLimitBytes: number;
  readonly canSpill: boolean;
  close(): void;
}

const defaultMemoryBytes = 536_870_912;

/**
 * Start a DuckDB that can read and write the given files and touch nothing else: no other file, no
 * network, no extension that is not built in; and no statement can change that.
 *
 * @param purpose for the error where the package is not installed: "Reading Parquet".
 * @throws {PackageMissingError}
 */
export async function openDuckDb(
  purpose: string,
  paths: readonly string[],
  limits: DuckDbLimits = {},
): Promise<DuckDb> {
  const { DuckDBInstance } = await importOptional(
    '@duckdb/node-api',
    purpose,
    () => import('@duckdb/node-api'),
  );
  const { memoryLimitBytes = defaultMemoryBytes, threads, spillFolder } = limits;
  // DuckDB's own names are the same in every process: two must not share a folder.
  const spill = spillFolder && join(spillFolder, temporaryName('spill', randomUUID()));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryLimitBytes}B`,
    temp_directory: spill ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads !== undefined && { threads: String(threads) }),
  });
  const close = () => {
    instance.closeSync();
    if (spill !== undefined) rmSync(spill, { recursive: true, force: true });
  };
  try {
    const connection = await instance.connect();
    const allowed = paths.flatMap((path) => [path, exactPattern(path)]);
    await connection.run(`SET allowed_paths = [${allowed.map(quoteText).join(', ')}]`);
    await connection.run("SET TimeZone = 'UTC'").catch(() => undefined);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return {
      connection,
      memoryLimitBytes,
      canSpill: spill !== undefined,
      close() {
        connection.closeSync();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
