import type { FastifyRequest } from 'fastify';

/** What may be known of a request's contents: ids and names, no values. */
const TARGET_FIELDS = [
  'experiment_id',
  'run_id',
  'run_uuid',
  'model_id',
  'name',
  'new_name',
  'version',
  'alias',
  'stage',
  'path',
] as const;

const MAX_LENGTH = 300;

/** What a request is about, from its path, its query and the top of its body. */
export function requestTarget({ params, query, body }: FastifyRequest): Record<string, string> {
  const target: Record<string, string> = {};
  for (const source of [query, body, params]) {
    if (typeof source !== 'object' || source === null || Buffer.isBuffer(source)) continue;
    for (const field of TARGET_FIELDS) add(target, field, (source as Fields)[field]);
  }
  // The rest of a path, as artifacts have it.
  add(target, 'path', (params as Fields | undefined)?.['*']);
  return target;
}

/** Ids that the server gave to what a request created, from the answer in MLflow's form. */
export function createdTarget(answer: unknown): Record<string, string> {
  const target: Record<string, string> = {};
  if (typeof answer !== 'string' || answer.length > 100_000) return target;
  const fields = parseFields(answer);
  add(target, 'experiment_id', fields['experiment_id']);
  add(target, 'run_id', fieldsOf(fieldsOf(fields['run'])['info'])['run_id']);
  add(target, 'model_id', fieldsOf(fieldsOf(fields['model'])['info'])['model_id']);
  add(target, 'version', fieldsOf(fields['model_version'])['version']);
  return target;
}

type Fields = { readonly [name: string]: unknown };

function add(target: Record<string, string>, field: string, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const text = String(value);
  if (text !== '')
    target[field] = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function parseFields(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
