import { mkdirSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';
import { dirname } from 'node:path';
import { type Scope, SCOPES } from './route-scope.ts';
import { TokenFileError, TokenInvalidError, TokenNotFoundError } from './security-errors.ts';
import { applyTokenEvents } from './token-event.ts';
import { appendTokenEvent, readTokenFile, tokenFileStamp } from './token-file.ts';
import { type TokenRecord, tokenStatus } from './token-record.ts';
import { createTokenText, formatTokenText, hashTokenText, parseTokenText } from './token-text.ts';

/** A token to make. */
export interface NewToken {
  /** Whose it is or what for; 1 to 100 characters. */
  readonly name: string;
  readonly scope: Scope;
  /** Milliseconds that it is valid for; default: until it is revoked. */
  readonly lifetimeMs?: number;
}

/** A token that was just made: the only time that its text is known. */
export interface IssuedToken {
  readonly token: TokenRecord;
  /** What a client sends; cannot be had again. */
  readonly text: string;
}

/** The tokens of a server, in one file that several processes may read and add to. */
export interface TokenStore {
  readonly path: string;
  /** Every token, also those that ended, oldest first. */
  list(): readonly TokenRecord[];
  /** @throws {TokenInvalidError} for a name or lifetime that no token can have. */
  create(token: NewToken): IssuedToken;
  /** End a token at once. @throws {TokenNotFoundError} when no valid token has the id. */
  revoke(id: string): TokenRecord;
  /**
   * A new token in place of an old one, with its name, scope and lifetime.
   *
   * @param graceMs how long the old one stays valid beside the new one; default 0.
   * @throws {TokenNotFoundError} when no valid token has the id.
   */
  rotate(id: string, options?: { readonly graceMs?: number }): IssuedToken;
  /** The valid token with that text. A change by another process counts from the next call on. */
  find(text: string): TokenRecord | undefined;
}

/** Compared with when no token has the id, so that the answer takes as long. */
const NO_HASH = Buffer.alloc(32);

/**
 * The tokens in a file, which is made with the first one, for its owner only.
 *
 * @param options.now milliseconds since the epoch; default: the clock.
 * @throws {TokenFileError} when the file is there and cannot be trusted or read.
 */
export function openTokenStore(
  path: string,
  { now = Date.now }: { readonly now?: () => number } = {},
): TokenStore {
  let stamp = '';
  let tokens: ReadonlyMap<string, TokenRecord> = new Map();

  function current(): ReadonlyMap<string, TokenRecord> {
    const found = tokenFileStamp(path);
    if (found !== stamp) {
      tokens = applyTokenEvents(readTokenFile(path));
      stamp = found;
    }
    return tokens;
  }

  function issue(token: NewToken, revoked?: { id: string; at: number }): IssuedToken {
    checkToken(token);
    const { name, scope, lifetimeMs } = token;
    const text = createTokenText();
    const createdAt = now();
    const expiresAt = lifetimeMs === undefined ? null : createdAt + lifetimeMs;
    const created = { id: text.id, name, scope, createdAt, expiresAt, hash: hashTokenText(text) };
    makeFolder(path);
    appendTokenEvent(path, { created, ...(revoked === undefined ? {} : { revoked }) });
    return { token: { ...created, revokedAt: null }, text: formatTokenText(text) };
  }

  function valid(id: string): TokenRecord {
    const token = current().get(id);
    if (token === undefined || tokenStatus(token, now()) !== 'valid') {
      throw new TokenNotFoundError(id);
    }
    return token;
  }

  current();
  return {
    path,
    list: () => [...current().values()],
    create: (token) => issue(token),
    revoke(id) {
      const token = valid(id);
      const at = now();
      appendTokenEvent(path, { revoked: { id, at } });
      return { ...token, revokedAt: at };
    },
    rotate(id, { graceMs = 0 } = {}) {
      const { name, scope, createdAt, expiresAt } = valid(id);
      if (!(graceMs >= 0)) throw new TokenInvalidError('The grace of a token is 0 ms or more.');
      const lifetime = expiresAt === null ? {} : { lifetimeMs: expiresAt - createdAt };
      return issue({ name, scope, ...lifetime }, { id, at: now() + graceMs });
    },
    find(text) {
      const parts = parseTokenText(text);
      if (parts === undefined) return undefined;
      const token = current().get(parts.id);
      const expected = token === undefined ? NO_HASH : Buffer.from(token.hash, 'hex');
      const isSame = timingSafeEqual(Buffer.from(hashTokenText(parts), 'hex'), expected);
      if (!isSame || token === undefined) return undefined;
      return tokenStatus(token, now()) === 'valid' ? token : undefined;
    },
  };
}

function checkToken({ name, scope, lifetimeMs }: NewToken): void {
  if (name.trim() === '' || name.length > 100 || /[\u0000-\u001f\u007f]/.test(name)) {
    throw new TokenInvalidError('The name of a token has 1 to 100 characters, all printable.');
  }
  if (!SCOPES.includes(scope)) {
    throw new TokenInvalidError(`The scope of a token is one of ${SCOPES.join(', ')}.`);
  }
  if (lifetimeMs !== undefined && !(lifetimeMs > 0 && Number.isFinite(lifetimeMs))) {
    throw new TokenInvalidError('A token is valid for more than 0 ms; leave it out for no end.');
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new TokenFileError(path, `its folder cannot be made: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
