import { StoreForeignError, StoreVersionError } from '../store-errors.ts';
import type { SqlConnection } from './connection.ts';
import { schema1 } from './schema-1.ts';

/** Marks a database as ours: "GNUM". */
const APPLICATION_ID = 0x474e554d;

/** Step N leads from schema version N to N + 1. Only ever append here. */
const migrations: readonly string[] = [schema1];

/** The schema version that this code reads and writes. */
const SCHEMA_VERSION = migrations.length;

/**
 * Bring a database to the newest schema, in one step, whoever else opens it meanwhile; one that is
 * not ours, or newer, stays as it is.
 *
 * @param now milliseconds since the epoch: when the default experiment is made.
 * @throws {StoreForeignError} when another program's tables are in it.
 * @throws {StoreVersionError} when it has a newer schema.
 */
export function migrateSchema(db: SqlConnection, now: number): void {
  const before = db.read(() => readSchemaVersion(db));
  db.execute('PRAGMA journal_mode = WAL');
  if (before === SCHEMA_VERSION) return;
  db.write('full', () => {
    const found = readSchemaVersion(db);
    for (const migration of migrations.slice(found)) db.execute(migration);
    if (found === 0) {
      db.execute(`PRAGMA application_id = ${APPLICATION_ID}`);
      db.run(
        `INSERT INTO experiments (experiment_id, name, lifecycle_stage, creation_time, last_update_time)
         VALUES (0, 'Default', 'active', ?, ?)`,
        [now, now],
      );
    }
    db.execute(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
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
  if (version > SCHEMA_VERSION) {
    throw new StoreVersionError(db.path, { found: version, supported: SCHEMA_VERSION });
  }
  return version;
}
