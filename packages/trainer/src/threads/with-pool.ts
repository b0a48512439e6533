import type { FitContext } from '../fit-context.ts';
import { type ThreadPool, openThreadPool } from './thread-pool.ts';

/** Do something with the context's threads, or with some of its own that are gone when it is done. */
export async function withPool<Context extends FitContext, Result>(
  context: Context,
  work: (context: Context & { readonly pool: ThreadPool }) => Promise<Result>,
): Promise<Result> {
  if (context.pool !== undefined) return work({ ...context, pool: context.pool });
  const pool = openThreadPool();
  try {
    return await work({ ...context, pool });
  } finally {
    await pool.close();
  }
}
