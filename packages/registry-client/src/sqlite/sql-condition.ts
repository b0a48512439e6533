import type { SQLInputValue } from 'node:sqlite';

/** A piece of SQL with its values kept apart. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}
