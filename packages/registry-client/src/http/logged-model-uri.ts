/** The id in `models:/m-<id>`; undefined where the text is no such URI. */
export function parseLoggedModelUri(source: string): string | undefined {
  return /^models:\/+(m-[0-9a-f]{32})\/?$/.exec(source)?.[1];
}
