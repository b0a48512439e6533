import { StoreForeignError, StoreUnavailableError, StoreVersionError } from '../store-errors.ts';
import type { SqlConnection } from './connection.ts';
import type { BlobStore } from './blob-store.ts';
import { importArtifactFolders, removeArtifactFolders } from './import-artifact-folders.ts';
import { schema1 } from './schema-1.ts';
import { schema2 } from './schema-2.ts';
import { schema3 } from './schema-3.ts';

/** Marks a database as ours: "GNUM". */
const APPLICATION_ID = 0x474e554d;

/** One step from a schema version to the next. */
interface Migration {
  readonly sql: string;
  /** What SQL cannot do, in the same write. */
  readonly complete?: (db: SqlConnection, blobs: BlobStore) => void;
  /** What is left to tidy up once the write is done. */
  readonly tidy?: (db: SqlConnection, blobs: BlobStore) => void;
}

/** Step N leads from schema version N to N + 1. Only ever append here. */
const migrations: readonly Migration[] = [
  { sql: schema1 },
  {
    sql: schema2,
    complete: importArtifactFolders,
    tidy: (db, { root }) => removeArtifactFolders(db, root),
  },
  { sql: schema3 },
];

/** The schema version that this code reads and writes. */
const SCHEMA_VERSION = migrations.length;

/**
 * Bring a database to the newest schema, in one step, whoever else opens it meanwhile; one that is
 * not ours, or newer, stays as it is.
 *
 * @param now milliseconds since the epoch: when the default experiment is made.
 * @throws {StoreForeignError} when another program's tables are in it.
 * @throws {StoreVersionError} when it has a newer schema.
 * @throws {StoreUnavailableError} when somebody else has changed its tables.
 */
export function migrateSchema(db: SqlConnection, blobs: BlobStore, now: number): void {
  const before = db.read(() => readSchemaVersion(db));
  db.execute('PRAGMA journal_mode = WAL');
  if (before === SCHEMA_VERSION) return;
  const done = db.write('full', () => {
    const found = readSchemaVersion(db);
    const missing = migrations.slice(found);
    for (const { sql, complete } of missing) {
      db.execute(sql);
      complete?.(db, blobs);
    }
    if (found === 0) {
      db.execute(`PRAGMA application_id = ${APPLICATION_ID}`);
      db.run(
        `INSERT INTO experiments (experiment_id, name, lifecycle_stage, creation_time, last_update_time)
         VALUES (0, 'Default', 'active', ?, ?)`,
        [now, now],
      );
    }
    db.execute(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    return found === 0 ? [] : missing;
  });
  for (const { tidy } of done) tidy?.(db, blobs);
}

/** 0 for an empty database. */
function readSchemaVersion(db: SqlConnection): number {
  const version = db.get<{ user_version: number }>('PRAGMA user_version', [])!.user_version;
  const id = db.get<{ application_id: number }>('PRAGMA application_id', [])!.application_id;
  if (id !== APPLICATION_ID) {
    const tables = db.all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`,
      [],
    );
    if (id !== 0 || version !== 0 || tables.length > 0) {
      throw new StoreForeignError(
        db.path,
        tables.map(({ name }) => name),
      );
    }
  }
  if (version < 0) {
    throw new StoreUnavailableError(db.path, 'it is damaged: its schema version is negative.');
  }
  if (version > SCHEMA_VERSION) {
    throw new StoreVersionError(db.path, {
      found: version,
      supported: SCHEMA_VERSION,
    });
  }
  return version;
}
