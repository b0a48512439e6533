import type { Scope } from './route-scope.ts';

/** Who a request comes from, as far as the guard knows. */
export interface Caller {
  /** `token`: holds a valid token; `local`: on this machine, of a server that asks for none. */
  readonly kind: 'token' | 'local';
  /** The token's id; undefined for `local`. */
  readonly tokenId?: string;
  /** The token's name; undefined for `local`. */
  readonly name?: string;
  readonly scope: Scope;
}

/** The caller as logs have him: `token:<id>`, `local`, or `anonymous` where none is known. */
export function callerName(caller: Caller | null): string {
  if (caller === null) return 'anonymous';
  return caller.kind === 'token' ? `token:${caller.tokenId}` : caller.kind;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes, and for whoever shows no token that is needed. */
    caller: Caller | null;
  }
}
