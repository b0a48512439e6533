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
