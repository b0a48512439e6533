import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { matchIlike, matchLike } from '../search/match-like.ts';
import { RegistryClosedError } from '../store-errors.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/** What must survive once a write has returned: the process, or the machine losing power too. */
export type Durability = 'process' | 'full';

/** Pages that are kept in memory at most, once they were read. */
const CACHE_KIB = 32 * 1024;

/** An open SQLite database. Statements are prepared once and kept. */
export interface SqlConnection {
  readonly path: string;
  all<Row>(sql: string, parameters: readonly SQLInputValue[]): Row[];
  get<Row>(sql: string, parameters: readonly SQLInputValue[]): Row | undefined;
  /** As `all`, for SQL that is made for one search and not kept. */
  allOnce<Row>(sql: string, parameters: readonly SQLInputValue[]): Row[];
  /**
   * The only column of all rows, whole numbers: as `allOnce`, and faster where they are many.
   *
   * @param sql with `LIMIT -1` where their order counts.
   */
  numbers(sql: string, parameters: readonly SQLInputValue[]): number[];
  /** @returns how many rows changed. */
  run(sql: string, parameters: readonly SQLInputValue[]): number;
  /** Several statements without parameters. */
  execute(sql: string): void;
  /** How long another writer is waited for, in which nothing else of this process goes on. */
  setBusyTimeout(timeoutMs: number): void;
  /** Everything that `work` reads is of one moment. */
  read<T>(work: () => T): T;
  /** Everything that `work` writes is kept, or, when it throws, nothing. Waits for other writers. */
  write<T>(durability: Durability, work: () => T): T;
  close(): void;
}

/**
 * Open a database file; it is made when it is not there. Neither of the two is touched before
 * something is read or written.
 *
 * @throws {StoreUnavailableError | StoreBusyError | DiskFullError}
 */
export function openConnection(path: string, busyTimeoutMs: number): SqlConnection {
  const statements = new Map<string, StatementSync>();
  let database: DatabaseSync | undefined;
  let synchronous: Durability | undefined;

  function attempt<T>(work: (open: DatabaseSync) => T): T {
    if (database === undefined) throw new RegistryClosedError(path);
    try {
      return work(database);
    } catch (error) {
      throw translateSqliteError(error, path);
    }
  }
  function prepared(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = attempt((open) => open.prepare(sql));
      statements.set(sql, statement);
    }
    return statement;
  }
  function setDurability(durability: Durability): void {
    if (synchronous === durability) return;
    execute(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    synchronous = durability;
  }
  function execute(sql: string): void {
    attempt((open) => open.exec(sql));
  }
  function setBusyTimeout(timeoutMs: number): void {
    execute(`PRAGMA busy_timeout = ${Math.trunc(timeoutMs)}`);
  }
  function transact<T>(begin: string, work: () => T): T {
    execute(begin);
    try {
      const result = work();
      execute('COMMIT');
      return result;
    } catch (error) {
      rollBack();
      throw error;
    }
  }
  function rollBack(): void {
    // SQLite has rolled back by itself after some errors, such as a full disk.
    if (database?.isTransaction !== true) return;
    try {
      database.exec('ROLLBACK');
    } catch {
      // The error that led here says more. SQLite rolls back at the latest when the file closes.
    }
  }
  function close(): void {
    statements.clear();
    database?.close();
    database = undefined;
  }
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  } catch (error) {
    throw translateSqliteError(error, path);
  }
  defineFunction(database, 'match_like', matchLike);
  defineFunction(database, 'match_ilike', matchIlike);
  setBusyTimeout(busyTimeoutMs);
  execute('PRAGMA trusted_schema = OFF');
  execute(`PRAGMA cache_size = -${CACHE_KIB}`);

  return {
    path,
    all: <Row>(sql: string, parameters: readonly SQLInputValue[]) =>
      attempt(() => prepared(sql).all(...parameters) as Row[]),
    get: <Row>(sql: string, parameters: readonly SQLInputValue[]) =>
      attempt(() => prepared(sql).get(...parameters) as Row | undefined),
    allOnce: <Row>(sql: string, parameters: readonly SQLInputValue[]) =>
      attempt((open) => open.prepare(sql).all(...parameters) as Row[]),
    numbers: (sql, parameters) =>
      attempt((open) => {
        const joined = `WITH found (number) AS (${sql}) SELECT group_concat(number) AS list FROM found`;
        const { list } = open.prepare(joined).get(...parameters) as {
          list: string | null;
        };
        return JSON.parse(`[${list ?? ''}]`) as number[];
      }),
    run: (sql, parameters) => attempt(() => Number(prepared(sql).run(...parameters).changes)),
    execute,
    setBusyTimeout,
    read: (work) => transact('BEGIN', work),
    write(durability, work) {
      setDurability(durability);
      return transact('BEGIN IMMEDIATE', work);
    },
    close,
  };
}

/** Make a comparison of ours callable in SQL; nothing compares with NULL. */
function defineFunction(
  database: DatabaseSync,
  name: string,
  compare: (text: string, pattern: string) => boolean,
): void {
  database.function(name, { deterministic: true }, (text, pattern) =>
    typeof text === 'string' && typeof pattern === 'string' ? Number(compare(text, pattern)) : null,
  );
}
