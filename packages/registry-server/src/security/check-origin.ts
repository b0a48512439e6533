import { hostNameOf } from './host-name.ts';
import type { Refusal } from './refusal.ts';

/** What a browser says about where a request comes from. */
export interface BrowserHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Refuse what a page of another site makes a browser send, as it could otherwise write to a server
 * that trusts its own machine (cross-site request forgery). Programs send none of these headers.
 *
 * @param allowed origins such as `https://mlops.example.org`; `*` allows all.
 */
export function checkOrigin(
  headers: BrowserHeaders,
  allowed: readonly string[],
): Refusal | undefined {
  const { origin, host } = headers;
  if (origin !== undefined) {
    if (isSameOrigin(origin, host) || isOriginAllowed(origin, allowed)) return undefined;
    return refuse(`from ${JSON.stringify(origin.slice(0, 200))}`);
  }
  // Reading a picture or a script sends no origin.
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  return isForeign && !allowed.includes('*') ? refuse('of another site') : undefined;
}

/** Whether pages of this origin may use the server. */
export function isOriginAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes('*') || allowed.includes(origin);
}

/** The browser asks the very server that its page came from. */
function isSameOrigin(origin: string, host: string | undefined): boolean {
  const match = /^https?:\/\/(.+)$/.exec(origin);
  if (match === null || hostNameOf(host) === undefined) return false;
  return match[1]!.toLowerCase() === host!.toLowerCase();
}

function refuse(who: string): Refusal {
  return {
    status: 403,
    errorCode: 'PERMISSION_DENIED',
    message: `Pages ${who} may not use this server. To let them, start it with --allowed-origins, or name them in server.allowed_origins.`,
  };
}
