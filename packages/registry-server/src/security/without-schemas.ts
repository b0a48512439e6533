import type { FastifyServerOptions } from 'fastify';

/**
 * For a server whose routes check what they read themselves: Fastify then loads no compilers of
 * schemas, which are most of its time to start and of its memory.
 */
export const withoutSchemas: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
};

function refuse(): never {
  throw new Error('A route has a schema, and this server was built without compilers of schemas.');
}
