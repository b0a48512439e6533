import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolder } from '../make-folder.ts';
import type { OpenRegistryOptions } from '../open-registry.ts';
import type { Registry } from '../registry.ts';
import { StoreBusyError } from '../store-errors.ts';
import { type BlobStore, createBlobStore } from './blob-store.ts';
import { type SqlConnection, openConnection } from './connection.ts';
import { createSqliteRegistry } from './create-sqlite-registry.ts';
import { migrateSchema } from './migrations.ts';
import { translateFileError } from './sqlite-errors.ts';
import { BLOCKING_MS, waitForWriters } from './wait-for-writers.ts';

const OPEN_RETRY_MS = 10;

/** Open the registry in a database file, with its artifacts in a folder beside it. */
export async function openSqliteRegistry(
  uri: string,
  path: string,
  options: OpenRegistryOptions,
): Promise<Registry> {
  const { now = Date.now, userId = 'unknown', busyTimeoutMs = 10_000 } = options;
  const file = resolve(path);
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw translateFileError(error, file);
  }
  const artifactRoot = resolve(options.artifactRoot ?? join(dirname(file), 'mlartifacts'));
  const blobs = createBlobStore(artifactRoot);
  const db = await openMigrated(file, blobs, { now: now(), busyTimeoutMs });
  const patiently = waitForWriters(busyTimeoutMs);
  return createSqliteRegistry(uri, { db, blobs, patiently, now, userId });
}

/** SQLite does not wait by itself when two processes turn on write-ahead mode at the same time. */
async function openMigrated(
  file: string,
  blobs: BlobStore,
  { now, busyTimeoutMs }: { readonly now: number; readonly busyTimeoutMs: number },
): Promise<SqlConnection> {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    const db = openConnection(file, busyTimeoutMs);
    try {
      migrateSchema(db, blobs, now);
      db.setBusyTimeout(Math.min(busyTimeoutMs, BLOCKING_MS));
      return db;
    } catch (error) {
      db.close();
      if (!(error instanceof StoreBusyError) || performance.now() > deadline) {
        throw translateFileError(error, file);
      }
      await setTimeout(OPEN_RETRY_MS);
    }
  }
}
