import { hash, randomBytes } from 'node:crypto';

/** A token taken apart. */
export interface TokenText {
  /** Names the token in lists and in the audit log; no secret. */
  readonly id: string;
  /** 256 random bits. */
  readonly secret: string;
}

const pattern = /^gnu_mlops_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A new random token. */
export function createTokenText(): TokenText {
  return { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

/** As it is handed to a person: `gnu_mlops_<id>_<secret>`, which scanners for secrets can know. */
export function formatTokenText({ id, secret }: TokenText): string {
  return `gnu_mlops_${id}_${secret}`;
}

/** @returns undefined for what is no token. */
export function parseTokenText(text: string): TokenText | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : { id: match[1]!, secret: match[2]! };
}

/**
 * What is kept of a token: its SHA-256, 64 hex digits. One round is enough, because there is nothing
 * to guess: 256 random bits, unlike a password.
 */
export function hashTokenText(token: TokenText): string {
  return hash('sha256', `gnu-mlops token 1\0${token.id}\0${token.secret}`, 'hex');
}
