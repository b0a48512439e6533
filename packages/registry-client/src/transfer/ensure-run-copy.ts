import type { Run } from '../entities.ts';
import type { NewRun } from '../registry.ts';
import type { CopySession } from './copy-session.ts';
import { COPIED_FROM_TAG, COPIED_REGISTRY_TAG } from './copy-tags.ts';
import { type ElectedCopy, electCopy } from './elect-copy.ts';
import { searchRunCopies } from './find-run-copy.ts';

/** The copy that a run is to have. */
export interface WantedRunCopy {
  /** What it is a copy of. */
  readonly sourceId: string;
  /** What it is made as where it is not there. */
  readonly run: Omit<NewRun, 'tags'>;
}

/** Find the copy of a run, or make it: one, however many do so at the same time. */
export async function ensureRunCopy(
  { source, target, context }: CopySession,
  { sourceId, run }: WantedRunCopy,
): Promise<ElectedCopy<Run>> {
  return electCopy(
    {
      idOf: ({ runId }) => runId,
      search: () => searchRunCopies(target, run.experimentId, sourceId),
      create: () => target.createRun({ ...run, tags: { [COPIED_FROM_TAG]: sourceId } }),
      async settle(copy) {
        const tags = { [COPIED_REGISTRY_TAG]: source.uri };
        await target.logBatch(copy.runId, { tags });
        return { ...copy, tags: { ...copy.tags, ...tags } };
      },
      remove: ({ runId }) => target.deleteRun(runId),
    },
    context.signal,
  );
}
