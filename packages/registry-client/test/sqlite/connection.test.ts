import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { type SqlConnection, openConnection } from '../../src/sqlite/connection.ts';
import { createBlobStore } from '../../src/sqlite/blob-store.ts';
import { migrateSchema } from '../../src/sqlite/migrations.ts';

it('writes ahead, checks foreign keys, and is whole after its first migration', () => {
  const { db } = openMigrated();
  expect(db.get('PRAGMA journal_mode', [])).toEqual({ journal_mode: 'wal' });
  expect(db.get('PRAGMA foreign_keys', [])).toEqual({ foreign_keys: 1 });
  expect(db.get('PRAGMA integrity_check', [])).toEqual({
    integrity_check: 'ok',
  });
  expect(() => db.run(`INSERT INTO run_tags VALUES ('nobody', 'a', 'b', 0, 1, 0)`, [])).toThrow(
    /FOREIGN KEY/,
  );
});

it('asks the disk before a write that must survive a loss of power', () => {
  const { db } = openMigrated();
  const synchronous = () => db.get<{ synchronous: number }>('PRAGMA synchronous', [])!.synchronous;
  const [normal, full] = [1, 2];
  expect(db.write('process', synchronous)).toBe(normal);
  expect(db.write('full', synchronous)).toBe(full);
  expect(db.write('process', synchronous)).toBe(normal);
});

it('keeps nothing of a write that throws, and goes on', () => {
  const { db } = openMigrated();
  expect(() =>
    db.write('process', () => {
      addExperiment(db, 'lost');
      throw new Error('half way');
    }),
  ).toThrow('half way');
  db.write('process', () => addExperiment(db, 'kept'));
  expect(db.all('SELECT name FROM experiments ORDER BY name', [])).toEqual([
    { name: 'Default' },
    { name: 'kept' },
  ]);
});

it('throws REGISTRY_DISK_FULL when no room is left, keeps what was there, and goes on', () => {
  const { db } = openMigrated();
  const { page_count: pages } = db.get<{ page_count: number }>('PRAGMA page_count', [])!;
  db.execute(`PRAGMA max_page_count = ${pages + 2}`);
  expect(() =>
    db.write('process', () => {
      for (let i = 0; i < 1000; i++) addExperiment(db, `${i}-${'x'.repeat(1000)}`);
    }),
  ).toThrow(expect.objectContaining({ code: 'REGISTRY_DISK_FULL' }));
  expect(db.all('SELECT name FROM experiments', [])).toEqual([{ name: 'Default' }]);
  db.execute('PRAGMA max_page_count = 100000');
  db.write('process', () => addExperiment(db, 'room again'));
  expect(db.all('SELECT name FROM experiments', [])).toHaveLength(2);
});

it('shows a read one moment of the database, whatever is written meanwhile', () => {
  const { db, path } = openMigrated();
  const other = openConnection(path, 1000);
  onTestFinished(() => other.close());
  const count = () => db.all('SELECT 1 FROM experiments', []).length;
  const [before, after] = db.read(() => {
    const first = count();
    other.write('process', () => addExperiment(other, 'meanwhile'));
    return [first, count()];
  });
  expect([before, after, count()]).toEqual([1, 1, 2]);
});

it('refuses to change, remove or slip in entries of the ledger, for any program', () => {
  const { db, path } = openMigrated();
  const entry = `'m', '1', 'None', 'Staging', NULL, 'ada', '', '{}', 0, '', ''`;
  db.run(`INSERT INTO stage_ledger VALUES (1, ${entry})`, []);
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  for (const sql of [
    `UPDATE stage_ledger SET actor = 'eve'`,
    `DELETE FROM stage_ledger`,
    `INSERT INTO stage_ledger VALUES (3, ${entry})`,
    `INSERT OR REPLACE INTO stage_ledger VALUES (1, ${entry})`,
  ]) {
    expect(() => other.exec(sql), sql).toThrow(/append-only/);
  }
  expect(db.all('SELECT sequence, actor FROM stage_ledger', [])).toEqual([
    { sequence: 1, actor: 'ada' },
  ]);
});

it('lets one version at most hold a stage, whatever writes to the tables', () => {
  const { db } = openMigrated();
  db.run(`INSERT INTO registered_models VALUES ('m', '', 0, 0, 0)`, []);
  const insert = `INSERT INTO model_versions
    (name, version, stage, description, source, creation_time, last_updated_time)
    VALUES ('m', ?, ?, '', 's', 0, 0)`;
  db.run(insert, [1, 'GNU_Production']);
  db.run(insert, [2, 'Archived']);
  db.run(insert, [3, 'Archived']);
  expect(() => db.run(insert, [4, 'GNU_Production'])).toThrow(/UNIQUE/);
});

function openMigrated(): { db: SqlConnection; path: string } {
  const path = `${temporaryFolder()}/mlflow.db`;
  const db = openConnection(path, 1000);
  onTestFinished(() => db.close());
  migrateSchema(db, createBlobStore(temporaryFolder()), 0);
  return { db, path };
}

function addExperiment(db: SqlConnection, name: string): void {
  db.run(
    `INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time)
     VALUES (?, 'active', 0, 0)`,
    [name],
  );
}
