import type { TemporaryCredentials } from './temporary-credentials.ts';

/** Credentials that are asked for when they are first needed, and anew before they end. */
export interface KeptCredentials {
  current(): Promise<TemporaryCredentials>;
  /** Told when a storage does not accept them any more. */
  drop(refused: TemporaryCredentials): void;
}

const RENEWED_BEFORE_MS = 60_000;

/**
 * Keep credentials until a minute before their end, or for half of their life where that is shorter.
 * All who need them meanwhile wait for the same answer.
 */
export function keepCredentials(
  ask: () => Promise<TemporaryCredentials>,
  now: () => number,
): KeptCredentials {
  let kept: { readonly credentials: TemporaryCredentials; readonly until: number } | undefined;
  let pending: Promise<TemporaryCredentials> | undefined;

  async function renew(): Promise<TemporaryCredentials> {
    const askedAt = now();
    const credentials = await ask();
    const life = (credentials.expiresAt ?? Infinity) - askedAt;
    const until = askedAt + Math.max(life - RENEWED_BEFORE_MS, life / 2);
    kept = { credentials, until };
    return credentials;
  }
  return {
    async current() {
      if (kept !== undefined && now() < kept.until) return kept.credentials;
      pending ??= renew().finally(() => (pending = undefined));
      return pending;
    },
    drop(refused) {
      if (kept?.credentials === refused) kept = undefined;
    },
  };
}
