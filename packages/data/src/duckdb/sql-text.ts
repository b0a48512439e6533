/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of a table or column, in quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path as a pattern that matches nothing but itself. */
export function exactPattern(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

/**
 * SQL of a text that comes out of DuckDB whole: its decoder takes U+FEFF at the start for a byte order
 * mark and drops it, so that there must be one more.
 */
export function wholeText(x: string): string {
  return `CASE WHEN starts_with(${x}, chr(65279)) THEN chr(65279) || ${x} ELSE ${x} END`;
}
