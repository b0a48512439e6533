import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Anonymous, authenticate } from './authenticate.ts';
import './caller.ts';
import { checkHost } from './check-host.ts';
import { checkOrigin } from './check-origin.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cross-origin.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { type Refusal, sendRefusal } from './refusal.ts';
import { type RouteScope, type Scope, isScopeEnough } from './route-scope.ts';
import { RouteScopeMissingError } from './security-errors.ts';
import type { TokenStore } from './token-store.ts';

/** How strict the guard is. */
export interface RequestGuardOptions {
  /** `trusted` only where nobody else can reach the server. */
  readonly anonymous: Anonymous;
  readonly tokens?: TokenStore;
  /** Names that the server goes by, beside loopback and addresses in digits. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may use the server, beside its own. */
  readonly allowedOrigins?: readonly string[];
  /** By token; who needs none is not limited. */
  readonly requests?: RateLimiter;
  /** By address: requests with a wrong token, or without one that is needed. */
  readonly failures?: RateLimiter;
}

/**
 * The one choke point of a server: every request, also for a route that does not exist, passes here
 * before anything of its body is read. To be called before any route is registered.
 *
 * @throws {RouteScopeMissingError} later, when a route is registered that declares no scope.
 */
export function guardRequests(fastify: FastifyInstance, options: RequestGuardOptions): void {
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (config?.scope === undefined) throw new RouteScopeMissingError(String(method), url);
  });
  fastify.addHook('onRequest', async (request, reply) => {
    const scope = neededScope(request);
    if (scope === 'public') return;
    const { allowedHosts = [], allowedOrigins = [] } = options;
    const stranger =
      checkHost(request.headers.host, allowedHosts) ?? checkOrigin(request.headers, allowedOrigins);
    if (stranger !== undefined) return sendRefusal(reply, stranger);
    allowOrigin(request, reply, allowedOrigins);
    if (isPreflight(request)) return answerPreflight(reply);
    const refusal = tryToAdmit(request, scope, options);
    if (refusal !== undefined) return sendRefusal(reply, refusal);
  });
}

/** Whoever may look may learn that there is nothing; a route that slipped in without a scope asks for all. */
function neededScope(request: FastifyRequest): RouteScope {
  if (request.is404) return 'read';
  return request.routeOptions.config.scope ?? 'admin';
}

/** Tokens that cannot be read let nobody in, and a stranger learns nothing of why. */
function tryToAdmit(
  request: FastifyRequest,
  scope: Scope,
  options: RequestGuardOptions,
): Refusal | undefined {
  try {
    return admit(request, scope, options);
  } catch (error) {
    request.log.error({ err: error }, 'tokens cannot be read');
    return {
      status: 503,
      errorCode: 'TEMPORARILY_UNAVAILABLE',
      message: 'Tokens cannot be checked now. The log of the server says why.',
      retryAfterS: 5,
    };
  }
}

/** Learns who the caller is, also when he is turned away for what he asks. */
function admit(
  request: FastifyRequest,
  scope: Scope,
  { tokens, anonymous, requests, failures }: RequestGuardOptions,
): Refusal | undefined {
  const { headers, ip } = request;
  const caller = authenticate(headers.authorization, { tokens, anonymous });
  if ('status' in caller) return overLimit(failures, ip) ?? caller;
  request.caller = caller;
  if (caller.tokenId !== undefined) {
    const tooMany = overLimit(requests, caller.tokenId);
    if (tooMany !== undefined) return tooMany;
  }
  if (isScopeEnough(caller.scope, scope)) return undefined;
  return {
    status: 403,
    errorCode: 'PERMISSION_DENIED',
    message: `The token "${caller.name ?? ''}" is of scope ${caller.scope}; this needs one of scope ${scope}.`,
  };
}

function overLimit(limiter: RateLimiter | undefined, caller: string): Refusal | undefined {
  const waitS = limiter?.take(caller) ?? 0;
  if (waitS === 0) return undefined;
  return {
    status: 429,
    errorCode: 'REQUEST_LIMIT_EXCEEDED',
    message: 'Too many requests; try again later.',
    retryAfterS: waitS,
  };
}
