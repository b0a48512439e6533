/**
 * What a token allows, each with all that stands before it: `read` looks, `write` logs, registers and
 * moves, `admin` also does what cannot be undone (models, versions and artifacts deleted for good).
 */
export type Scope = 'read' | 'write' | 'admin';

/** What a route asks of its caller; `public`: nothing, as for probes. */
export type RouteScope = Scope | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route of a guarded server declares one: without it the server does not start. */
    scope?: RouteScope;
  }
}

/** From the least to the most. */
export const SCOPES: readonly Scope[] = ['read', 'write', 'admin'];

/** Whether `held` allows what asks for `needed`. */
export function isScopeEnough(held: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(held) >= SCOPES.indexOf(needed);
}
