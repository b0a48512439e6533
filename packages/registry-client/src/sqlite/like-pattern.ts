import type { SqlCondition } from './sql-condition.ts';

/** SQLite refuses longer ones. */
const MOST_CHARACTERS = 10_000;

/**
 * What LIKE and ILIKE ask of a column, mostly in SQLite's own terms, which are many times faster than
 * functions of ours. Those decide where the two differ: SQLite stops at a NUL, and knows the case of
 * ASCII only.
 */
export function likePattern(
  column: string,
  operator: 'LIKE' | 'ILIKE',
  pattern: string,
): SqlCondition {
  const ours = `match_${operator.toLowerCase()}(${column}, ?)`;
  if (pattern.length > MOST_CHARACTERS || pattern.includes('\0')) {
    return { sql: ours, parameters: [pattern] };
  }
  if (operator === 'LIKE') {
    return {
      sql: `CASE instr(${column}, char(0)) WHEN 0 THEN ${column} GLOB ? ELSE ${ours} END`,
      parameters: [toGlob(pattern), pattern],
    };
  }
  return {
    sql: `CASE length(${column}) WHEN octet_length(${column}) THEN ${column} LIKE ? ELSE ${ours} END`,
    parameters: [pattern.toLowerCase(), pattern],
  };
}

function toGlob(pattern: string): string {
  return pattern.replace(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
