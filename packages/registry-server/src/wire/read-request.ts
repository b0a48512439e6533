import type { FastifyRequest } from 'fastify';
import { RequestInvalidError } from '../errors.ts';
import { type Fields, type Message, isRecord, readMessage } from './message.ts';

/**
 * The parameters of a request: from the query string of a GET, or of a DELETE without a body, else
 * from the JSON body; and from the path. Runs may be named by `run_uuid`, as old clients do.
 *
 * @throws {RequestInvalidError}
 */
export function readRequest<F extends Fields>(fields: F, request: FastifyRequest): Message<F> {
  const sent = takesQuery(request) ? fromQuery(fields, request) : fromBody(request.body);
  const values = { ...sent, ...(request.params as object) };
  return readMessage(fields, withRunId(values));
}

function takesQuery({ method, body }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || (method === 'DELETE' && body === undefined);
}

function fromQuery(fields: Fields, request: FastifyRequest): { readonly [name: string]: unknown } {
  const query = request.query as { readonly [name: string]: unknown };
  const values = Object.entries(query).map(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field?.isList === true) return [name, Array.isArray(value) ? value : [value]];
    return [name, Array.isArray(value) ? value[0] : value];
  });
  return Object.fromEntries(values);
}

/** Old clients send their JSON as a JSON text. */
function fromBody(body: unknown): { readonly [name: string]: unknown } {
  const value = typeof body === 'string' ? parseJson(body) : body;
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw new RequestInvalidError('The body of the request must be a JSON object.');
}

/** @throws {RequestInvalidError} */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestInvalidError('The body of the request is no JSON.', { cause });
  }
}

function withRunId(values: { readonly [name: string]: unknown }): {
  readonly [name: string]: unknown;
} {
  const { run_id: runId, run_uuid: uuid } = values;
  return (runId ?? '') === '' && uuid !== undefined ? { ...values, run_id: uuid } : values;
}
