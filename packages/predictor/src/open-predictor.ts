import { PredictorClosedError } from './errors.ts';
import { type ModelCache, createModelCache } from './model-cache.ts';
import type { Predictor } from './predictor.ts';
import type { RefreshResult } from './refresh-result.ts';
import { type ServeRequest, type ServedVersion, serveVersion } from './serve-version.ts';

/** Which model to serve, and how to keep up with it. */
export type OpenPredictorOptions = ServeRequest & {
  /**
   * How old the last look at the registry may get. A prediction that finds it older starts a
   * refresh, and does not wait for it. Default: refresh only when told.
   */
  readonly refreshMs?: number;
  /** Milliseconds since the epoch; default: the clock. */
  readonly now?: () => number;
  /** Told what every refresh came to, those started by predictions too; must not throw. */
  readonly onRefresh?: (result: RefreshResult) => void;
  /** Default: a cache of the predictor's own. */
  readonly cache?: ModelCache;
};

/**
 * Load a model from a registry by stage, alias or version. The registry stays the caller's: closing
 * the predictor does not close it.
 *
 * @throws {ModelNotFoundError} when there is no such version, or no model file of ours in it.
 */
export async function openPredictor(options: OpenPredictorOptions): Promise<Predictor> {
  const { refreshMs = Infinity, now = Date.now, onRefresh, cache = createModelCache() } = options;
  let checkedAt = now();
  let served = await serveVersion(options, cache);
  let running: Promise<RefreshResult> | undefined;
  let next: Promise<RefreshResult> | undefined;
  let hasLooked = false;
  let isClosed = false;

  function open(): ServedVersion {
    if (isClosed) throw new PredictorClosedError();
    return served;
  }
  function openAndWatch(): ServedVersion {
    const current = open();
    if (running === undefined && now() - checkedAt >= refreshMs) void refresh();
    return current;
  }
  async function swap(): Promise<RefreshResult> {
    try {
      const before = open();
      const next = await serveVersion(options, cache, before);
      open();
      served = next;
      return next === before
        ? { status: 'unchanged' }
        : { status: 'swapped', from: before.version, to: next.version };
    } catch (error) {
      return { status: 'failed', error };
    }
  }
  async function refreshOnce(): Promise<RefreshResult> {
    checkedAt = now();
    hasLooked = false;
    // All who ask at the same time share one look.
    await Promise.resolve();
    hasLooked = true;
    const result = await swap();
    running = undefined;
    if (!isClosed) onRefresh?.(result);
    return result;
  }
  function refresh(): Promise<RefreshResult> {
    if (running === undefined || !hasLooked) return (running ??= refreshOnce());
    // It may have looked before what the caller knows of, such as a rollback, was done.
    next ??= running.then(() => {
      next = undefined;
      return refresh();
    });
    return next;
  }
  return {
    get model() {
      return served.model;
    },
    get version() {
      return served.version;
    },
    predict: (input) => openAndWatch().predict(input),
    explain: (input, options) => openAndWatch().explain(input, options),
    predictTable: (table, options) => openAndWatch().predictTable(table, options),
    snapshot: openAndWatch,
    refresh,
    close() {
      isClosed = true;
    },
  };
}
