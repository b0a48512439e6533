import type { FinalLoggedModelStatus, RunStatus, SearchView } from '@gnu-mlops/registry-client';
import { choice } from './field.ts';

/** Which of the deleted and not deleted to search, by name or by number. */
export const viewType = choice<SearchView>({
  ACTIVE_ONLY: 'active',
  DELETED_ONLY: 'deleted',
  ALL: 'all',
  1: 'active',
  2: 'deleted',
  3: 'all',
});

/** The state of a run, by name or by number. */
export const runStatus = choice<RunStatus>({
  RUNNING: 'RUNNING',
  SCHEDULED: 'SCHEDULED',
  FINISHED: 'FINISHED',
  FAILED: 'FAILED',
  KILLED: 'KILLED',
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
});

/** How the making of a logged model ended, by name or by number. */
export const finalModelStatus = choice<FinalLoggedModelStatus>({
  LOGGED_MODEL_READY: 'READY',
  LOGGED_MODEL_UPLOAD_FAILED: 'FAILED',
  2: 'READY',
  3: 'FAILED',
});
