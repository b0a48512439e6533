/** A folder among the artifacts of a run; '' is their root. */
export interface RunFolder {
  readonly runId: string;
  readonly folder: string;
}

/** Read `runs:/<run id>/<folder>`; undefined where the text is no such URI. */
export function parseRunsUri(source: string): RunFolder | undefined {
  const match = /^runs:\/+([0-9a-f]{32})(?:\/(.*))?$/.exec(source);
  if (match === null) return undefined;
  return { runId: match[1]!, folder: (match[2] ?? '').replace(/\/$/, '') };
}

/** The URI of a folder among the artifacts of a run. */
export function formatRunsUri({ runId, folder }: RunFolder): string {
  return folder === '' ? `runs:/${runId}` : `runs:/${runId}/${folder}`;
}
