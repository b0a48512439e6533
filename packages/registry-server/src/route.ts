import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Scope } from './security/route-scope.ts';
import type { ServerContext } from './server-context.ts';
import type { Fields, Message } from './wire/message.ts';
import { readRequest } from './wire/read-request.ts';

/** An endpoint of MLflow's API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without the prefix: `/mlflow/runs/get`. */
  readonly path: string;
  readonly scope: Scope;
  readonly answer: (
    context: ServerContext,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<unknown>;
}

type Endpoint = Pick<Route, 'method' | 'path' | 'scope'>;

/** An endpoint that answers JSON to the parameters that it reads. No answer is `{}`. */
export function route<F extends Fields>(
  endpoint: Endpoint,
  fields: F,
  handle: (
    context: ServerContext,
    message: Message<F>,
    request: FastifyRequest,
  ) => Promise<unknown>,
): Route {
  return {
    ...endpoint,
    answer: async (context, request) => {
      const message = readRequest(fields, request);
      return (await handle(context, message, request)) ?? {};
    },
  };
}
