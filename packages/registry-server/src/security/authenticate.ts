import type { Caller } from './caller.ts';
import { readCredentials } from './read-credentials.ts';
import type { Refusal } from './refusal.ts';
import type { TokenStore } from './token-store.ts';

/** Whether a caller without a token is let in: `never`, or because only this machine can call. */
export type Anonymous = 'refused' | 'trusted';

/**
 * Who sends this `Authorization` header. A token that is given must be valid even where none is
 * needed, and counts with its scope: a client that was set up for it shall notice.
 */
export function authenticate(
  authorization: string | undefined,
  { tokens, anonymous }: { readonly tokens: TokenStore | undefined; readonly anonymous: Anonymous },
): Caller | Refusal {
  const text = readCredentials(authorization);
  if (text === undefined) {
    return anonymous === 'trusted'
      ? { kind: 'local', scope: 'admin' }
      : refuse('This server asks for a token');
  }
  const token = tokens?.find(text);
  if (token === undefined) return refuse('The token is not valid here, or no longer');
  return { kind: 'token', tokenId: token.id, name: token.name, scope: token.scope };
}

function refuse(problem: string): Refusal {
  return {
    status: 401,
    errorCode: 'UNAUTHENTICATED',
    message: `${problem}. Send one as a bearer token or as the password of HTTP basic authentication: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.`,
  };
}
