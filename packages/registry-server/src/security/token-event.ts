import { SCOPES } from './route-scope.ts';
import type { TokenRecord } from './token-record.ts';

/** A line of the token file: tokens are added and revoked, never changed. */
export interface TokenEvent {
  /** A new token. */
  readonly created?: Omit<TokenRecord, 'revokedAt'>;
  /** The end of an older one; beside `created`, the two are one rotation, done whole or not at all. */
  readonly revoked?: { readonly id: string; readonly at: number };
}

/** One line, with its end. */
export function formatTokenEvent(event: TokenEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** @returns undefined for a line that no event was written as. */
export function parseTokenEvent(line: string): TokenEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { created, revoked } = value;
  if (created === undefined && revoked === undefined) return undefined;
  if (created !== undefined && !isCreated(created)) return undefined;
  if (revoked !== undefined && !isRevoked(revoked)) return undefined;
  return value;
}

/** The tokens after all events, oldest first. */
export function applyTokenEvents(events: readonly TokenEvent[]): Map<string, TokenRecord> {
  const tokens = new Map<string, TokenRecord>();
  for (const { created, revoked } of events) {
    if (created !== undefined && !tokens.has(created.id)) {
      tokens.set(created.id, { ...created, revokedAt: null });
    }
    const token = revoked === undefined ? undefined : tokens.get(revoked.id);
    if (token === undefined) continue;
    // The earliest end counts: nothing that comes later can bring a token back.
    const revokedAt = Math.min(token.revokedAt ?? Infinity, revoked!.at);
    tokens.set(token.id, { ...token, revokedAt });
  }
  return tokens;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCreated(value: unknown): value is NonNullable<TokenEvent['created']> {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    typeof value['name'] === 'string' &&
    SCOPES.some((scope) => scope === value['scope']) &&
    Number.isFinite(value['createdAt']) &&
    (value['expiresAt'] === null || Number.isFinite(value['expiresAt'])) &&
    typeof value['hash'] === 'string' &&
    /^[0-9a-f]{64}$/.test(value['hash'])
  );
}

function isRevoked(value: unknown): value is NonNullable<TokenEvent['revoked']> {
  return isObject(value) && typeof value['id'] === 'string' && Number.isFinite(value['at']);
}
