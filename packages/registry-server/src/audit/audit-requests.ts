import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerName } from '../security/caller.ts';
import { createRateLimiter } from '../security/rate-limiter.ts';
import { sendRefusal } from '../security/refusal.ts';
import type { AuditLog } from './audit-log.ts';
import { AuditUnavailableError } from './audit-errors.ts';
import { createdTarget, requestTarget } from './request-target.ts';

/** Which requests are told of: what writes and what is refused, or reading as well. */
export type AuditScope = 'writes' | 'all';

export interface AuditRequestsOptions {
  readonly log: AuditLog;
  readonly scope: AuditScope;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told when a line could not be written; default: nobody. */
  readonly onFailure?: (error: unknown) => void;
}

/** Refusals that are told of: a flood of them shall not fill the disk. */
const REFUSALS = { perSecond: 10, burst: 200 };

/**
 * Tell the audit log of every request that writes, and of every one that is refused, before it is
 * answered. When a line cannot be written, its request is answered all the same, because it is done;
 * the line is kept, and until it is written, nothing else that writes is served.
 *
 * To be called after {@link guardRequests} and before any route is registered.
 */
export function auditRequests(
  fastify: FastifyInstance,
  { log, scope, now, onFailure }: AuditRequestsOptions,
): void {
  const refusals = createRateLimiter(REFUSALS, now);
  let omitted = 0;

  fastify.addHook('onRequest', async (request, reply) => {
    if (!isWrite(request)) return;
    try {
      log.catchUp();
    } catch (error) {
      if (!(error instanceof AuditUnavailableError)) throw error;
      return refuseUnaudited(reply);
    }
  });

  fastify.addHook('onSend', async (request, reply, payload) => {
    const status = reply.statusCode;
    const isRefused = status === 401 || status === 403 || status === 429;
    if (isRefused && refusals.take('all') > 0) {
      omitted++;
      return payload;
    }
    if (!isRefused && !isAudited(request)) return payload;
    const created = status < 300 && isWrite(request) ? createdTarget(payload) : {};
    const event = {
      at: now(),
      actor: callerName(request.caller),
      address: request.ip,
      action: `${request.method} ${request.routeOptions.url ?? '(no such route)'}`,
      target: { ...requestTarget(request), ...created },
      status,
      outcome: isRefused ? 'refused' : status < 400 ? 'done' : 'failed',
      omitted,
    } as const;
    omitted = 0;
    try {
      await log.append(event);
    } catch (error) {
      onFailure?.(error);
    }
    return payload;
  });

  function isAudited(request: FastifyRequest): boolean {
    if (request.is404 || request.routeOptions.config.scope === 'public') return false;
    return scope === 'all' || isWrite(request);
  }
}

function isWrite({ is404, routeOptions }: FastifyRequest): boolean {
  const scope = is404 ? undefined : routeOptions.config.scope;
  return scope === 'write' || scope === 'admin';
}

function refuseUnaudited(reply: FastifyReply): FastifyReply {
  return sendRefusal(reply, {
    status: 503,
    errorCode: 'TEMPORARILY_UNAVAILABLE',
    message: 'The audit log cannot be written, so nothing is changed. Try again later.',
    retryAfterS: 5,
  });
}
