/** What stands in front of the name of a table of Databricks on a command line. */
const tablePrefix = 'databricks:';

/**
 * Whether a path names a file of a Databricks workspace. A path that begins with `/Volumes/` does not:
 * on this machine there may be such a folder.
 */
export function isWorkspaceFile(path: string): boolean {
  return path.startsWith('dbfs:/');
}

/** The table that `databricks:catalog.schema.table` names; undefined for any other text. */
export function workspaceTable(text: string): string | undefined {
  return text.startsWith(tablePrefix) ? text.slice(tablePrefix.length) : undefined;
}

/** Whether a text names something in a Databricks workspace. */
export function isInWorkspace(text: string): boolean {
  return isWorkspaceFile(text) || workspaceTable(text) !== undefined;
}
