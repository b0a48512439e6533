/** A folder among the artifacts of a logged model; '' is their root. */
export interface LoggedModelFolder {
  readonly modelId: string;
  readonly folder: string;
}

/** Read `models:/m-<model id>` with or without a folder; undefined where the text is no such URI. */
export function parseModelUri(source: string): LoggedModelFolder | undefined {
  const match = /^models:\/+(m-[0-9a-f]{32})(?:\/(.*))?$/.exec(source);
  if (match === null) return undefined;
  return { modelId: match[1]!, folder: (match[2] ?? '').replace(/\/$/, '') };
}

/** The URI of a folder among the artifacts of a logged model. */
export function formatModelUri({ modelId, folder }: LoggedModelFolder): string {
  return folder === '' ? `models:/${modelId}` : `models:/${modelId}/${folder}`;
}
