import type { Registry } from '@gnu-mlops/registry-client';

/** What may be waited for, in milliseconds. */
export interface ReadinessTimes {
  /** What takes longer counts as no answer; default 3 s. */
  readonly patienceMs?: number;
  /** How long an answer counts for those who ask next; default 1 s. */
  readonly validMs?: number;
  /** A clock that never goes back; default: the process's. */
  readonly clock?: () => number;
}

/**
 * Whether a registry answers. Anybody may ask, and as often as he likes: the registry itself is asked
 * once at a time, and once a second.
 */
export function createReadiness(
  registry: Pick<Registry, 'searchExperiments'>,
  times: ReadinessTimes = {},
): () => Promise<boolean> {
  const { patienceMs = 3_000, validMs = 1_000, clock = () => performance.now() } = times;
  let asked: Promise<boolean> | undefined;
  let known: { readonly isReady: boolean; readonly until: number } | undefined;

  async function ask(): Promise<boolean> {
    const isReady = await answers(registry);
    known = { isReady, until: clock() + validMs };
    asked = undefined;
    return isReady;
  }

  return async () => {
    if (known !== undefined && clock() < known.until) return known.isReady;
    asked ??= ask();
    return Promise.race([asked, timeout(patienceMs)]);
  };
}

async function answers(registry: Pick<Registry, 'searchExperiments'>): Promise<boolean> {
  try {
    await registry.searchExperiments({ maxResults: 1 });
    return true;
  } catch {
    return false;
  }
}

function timeout(patienceMs: number): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), patienceMs).unref());
}
