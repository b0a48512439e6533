import type { Run } from '../entities.ts';
import type { Registry } from '../registry.ts';
import { COPIED_DIGEST_TAG, copiesOf } from './copy-tags.ts';

/**
 * The copy of a run in an experiment. Of several, which two copies at the same time may leave, a
 * complete one, and else that of the least id, so that everyone goes on with the same.
 */
export async function findRunCopy(
  target: Pick<Registry, 'searchRuns'>,
  experimentId: string,
  sourceRunId: string,
): Promise<Run | undefined> {
  // A tag may hold any text where an id is expected.
  if (!/^[\w-]+$/.test(sourceRunId)) return undefined;
  const filter = copiesOf(sourceRunId);
  const { items } = await target.searchRuns({ experimentIds: [experimentId], filter });
  const [first] = [...items].sort(
    (a, b) => Number(isComplete(b)) - Number(isComplete(a)) || (a.runId < b.runId ? -1 : 1),
  );
  return first;
}

function isComplete({ tags }: Run): boolean {
  return tags[COPIED_DIGEST_TAG] !== undefined;
}
