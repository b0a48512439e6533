import type { Run, Tags } from '../entities.ts';
import type { CopySession } from './copy-session.ts';
import { tagsToCopy } from './copy-tags.ts';
import { findRunCopy } from './find-run-copy.ts';

/** MLflow's tags that hold the id of another run, of which this one is a part. */
export const PARENT_TAGS: readonly string[] = ['mlflow.parentRunId', 'mlflow.rootRunId'];

/** MLflow 2's list of the models in a run; JSON that repeats the run's id. */
const MODEL_HISTORY_TAG = 'mlflow.log-model.history';

/**
 * The tags of a run as its copy has them. Where they name a run, they name its copy; without one in
 * the same experiment the tag is left out, as it would lead nowhere.
 */
export async function copiedRunTags(session: CopySession, run: Run, copy: Run): Promise<Tags> {
  const tags = new Map<string, string>();
  for (const [key, value] of Object.entries(tagsToCopy(run.tags))) {
    if (key === MODEL_HISTORY_TAG) tags.set(key, value.replaceAll(run.runId, copy.runId));
    else if (!PARENT_TAGS.includes(key)) tags.set(key, value);
    else {
      const copied = value === run.runId ? copy : await findCopy(session, copy, value);
      if (copied !== undefined) tags.set(key, copied.runId);
    }
  }
  return Object.fromEntries(tags);
}

async function findCopy(
  { runs, target }: CopySession,
  { experimentId }: Run,
  sourceRunId: string,
): Promise<{ readonly runId: string } | undefined> {
  return runs.get(sourceRunId) ?? findRunCopy(target, experimentId, sourceRunId);
}
