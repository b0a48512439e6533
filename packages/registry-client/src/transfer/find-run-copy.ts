import type { Run } from '../entities.ts';
import type { Registry } from '../registry.ts';
import { copiesOf } from './copy-tags.ts';
import { byPreference, isSettled } from './elect-copy.ts';

/** The copy of a run in an experiment that everyone goes on with; of several a complete one. */
export async function findRunCopy(
  target: Pick<Registry, 'searchRuns'>,
  experimentId: string,
  sourceRunId: string,
): Promise<Run | undefined> {
  const copies = await searchRunCopies(target, experimentId, sourceRunId);
  return byPreference(copies.filter(isSettled), ({ runId }) => runId)[0];
}

/** What may be the copy of a run in an experiment. */
export async function searchRunCopies(
  target: Pick<Registry, 'searchRuns'>,
  experimentId: string,
  sourceRunId: string,
): Promise<readonly Run[]> {
  // A tag may hold any text where an id is expected.
  if (!/^[\w-]+$/.test(sourceRunId)) return [];
  const filter = copiesOf(sourceRunId);
  return (await target.searchRuns({ experimentIds: [experimentId], filter })).items;
}
