/** A place among the artifacts of a run or logged model; the path '' is their root. */
export interface ServedPlace {
  /** A run, or a logged model (`m-...`). */
  readonly ownerId: string;
  readonly path: string;
}

/**
 * Read a path below the root of the server's artifacts: `<experiment>/<run>/artifacts/<path>` or
 * `<experiment>/models/<logged model>/artifacts/<path>`; undefined where it names no such place.
 */
export function parseServedPath(served: string): ServedPlace | undefined {
  const match = /^[^/]+\/(?:([0-9a-f]{32})|models\/(m-[0-9a-f]{32}))\/artifacts(?:\/+(.*))?$/s.exec(
    served,
  );
  if (match === null) return undefined;
  const ownerId = match[1] ?? match[2]!;
  return { ownerId, path: (match[3] ?? '').replace(/\/+$/, '') };
}
