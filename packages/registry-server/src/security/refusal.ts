import type { FastifyReply } from 'fastify';

/** Why a request is not served, in MLflow's form. */
export interface Refusal {
  readonly status: 401 | 403 | 429 | 503;
  readonly errorCode:
    'UNAUTHENTICATED' | 'PERMISSION_DENIED' | 'REQUEST_LIMIT_EXCEEDED' | 'TEMPORARILY_UNAVAILABLE';
  readonly message: string;
  /** Seconds after which to try again. */
  readonly retryAfterS?: number;
}

/** Answer without reading what the request still sends. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, errorCode, message, retryAfterS } = refusal;
  if (status === 401) {
    reply.header('www-authenticate', 'Bearer realm="gnu-mlops", Basic realm="gnu-mlops"');
  }
  if (retryAfterS !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterS)));
  return reply
    .code(status)
    .header('connection', 'close')
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ error_code: errorCode, message }));
}
