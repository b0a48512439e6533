import { ValueInvalidError } from '../value-errors.ts';
import type { HttpRegistryOptions } from './http-options.ts';

/** What says who is asking. */
export interface Authorization {
  /** The value of the header; undefined where nobody says. */
  header(): Promise<string | undefined>;
  /**
   * Told when a server does not accept the header; whether it is worth asking for another one.
   */
  renew(refused: string | undefined): 'renewed' | 'fixed';
}

/**
 * A user and password, or a token, that stay what they are.
 *
 * @throws {ValueInvalidError} for a token that no header can hold.
 */
export function fixedAuthorization(
  options: Pick<HttpRegistryOptions, 'username' | 'password' | 'token'>,
): Authorization {
  const value = headerOf(options);
  return { header: async () => value, renew: () => 'fixed' };
}

/** The value of `Authorization` for a user and password. */
export function basicAuthorization(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function headerOf({
  username,
  password = '',
  token,
}: Pick<HttpRegistryOptions, 'username' | 'password' | 'token'>): string | undefined {
  if (username !== undefined) return basicAuthorization(username, password);
  return token === undefined ? undefined : `Bearer ${checkedToken(token)}`;
}

/** Refused here: what sends requests would name the token in its own error, and blame the network. */
function checkedToken(token: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(token.trim())) return token;
  const problem =
    'holds a character that no request can carry, such as a line break or one of another script that was copied along with it. Give it anew.';
  throw new ValueInvalidError('token', problem);
}
