import { DatabaseSync } from 'node:sqlite';

/** A lock between processes, which the system gives back when its holder dies. */
export interface ProcessLock {
  /** Do something while no other process holds the lock; waits for its turn. */
  hold<Result>(work: () => Result): Result;
  close(): void;
}

/**
 * Node itself has no such lock, SQLite does: an empty database that is never written to.
 *
 * @param path made when it is not there.
 * @param patienceMs how long to wait before giving up.
 */
export function openProcessLock(path: string, patienceMs: number): ProcessLock {
  const database = new DatabaseSync(path);
  // Neither a journal nor a look for one: nothing is ever written.
  database.exec(`PRAGMA busy_timeout = ${Math.trunc(patienceMs)}; PRAGMA journal_mode = OFF`);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('ROLLBACK');
  return {
    hold(work) {
      begin.run();
      try {
        return work();
      } finally {
        end.run();
      }
    },
    close: () => database.close(),
  };
}
