import type { FastifyBaseLogger } from 'fastify';

/** A logger for Fastify that passes on failures of the server itself and is silent otherwise. */
export function createFailureLogger(onFailure: (error: unknown) => void): FastifyBaseLogger {
  const silent = () => {};
  const tell = (fields: unknown) => {
    const error = (fields as { readonly err?: unknown } | undefined)?.err;
    if (error !== undefined) onFailure(error);
  };
  const logger = {
    level: 'error',
    fatal: tell,
    error: tell,
    warn: silent,
    info: silent,
    debug: silent,
    trace: silent,
    silent,
    child: () => logger as unknown as FastifyBaseLogger,
  };
  return logger as unknown as FastifyBaseLogger;
}
