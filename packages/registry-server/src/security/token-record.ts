import type { Scope } from './route-scope.ts';

/** What is known of a token; never the token itself. */
export interface TokenRecord {
  readonly id: string;
  /** Whose it is or what for: `training jobs`. */
  readonly name: string;
  readonly scope: Scope;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch, the first at which it is no longer valid; null: never. */
  readonly expiresAt: number | null;
  /** Milliseconds since the epoch, the first at which it is no longer valid; null: not revoked. */
  readonly revokedAt: number | null;
  /** SHA-256, 64 hex digits. */
  readonly hash: string;
}

/** What a token is worth at a time. */
export type TokenStatus = 'valid' | 'expired' | 'revoked';

/** @param at milliseconds since the epoch. */
export function tokenStatus(token: TokenRecord, at: number): TokenStatus {
  if (token.revokedAt !== null && at >= token.revokedAt) return 'revoked';
  return token.expiresAt !== null && at >= token.expiresAt ? 'expired' : 'valid';
}
