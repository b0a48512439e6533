/** A text as it stands in the filter of a search: in single quotes, and those within it doubled. */
export function quoteFilterText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
