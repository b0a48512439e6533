import type { ServerContext } from '../server-context.ts';
import { checkedPath } from './checked-path.ts';
import { type ServedPlace, parseServedPath } from './served-path.ts';
import { ensureSharedRun, findSharedRun } from './shared-folder.ts';

/**
 * What a path of the server names, to read it or delete it; undefined where nothing can be.
 *
 * @throws {ArtifactPathError}
 */
export async function findPlace(
  { registry }: ServerContext,
  path: string,
): Promise<ServedPlace | undefined> {
  const place = ownedPlace(path);
  if (place !== undefined) return place;
  const ownerId = await findSharedRun(registry);
  return ownerId === undefined ? undefined : { ownerId, path: withoutEnd(path) };
}

/** What a path of the server names, to write there. @throws {ArtifactPathError} */
export async function makePlace(context: ServerContext, path: string): Promise<ServedPlace> {
  return ownedPlace(path) ?? { ownerId: await ensureSharedRun(context), path: withoutEnd(path) };
}

function ownedPlace(path: string): ServedPlace | undefined {
  return parseServedPath(checkedPath(path));
}

function withoutEnd(path: string): string {
  return path.replace(/\/+$/, '');
}
