import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { configSchema } from './config-schema.ts';

/**
 * JSON Schema (draft 7) of a configuration file, with every description and default, for editors.
 * `configs/config.schema.json` is this.
 */
export function configJsonSchema(): JsonObject {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-07' });
  return {
    $schema: $schema!,
    title: 'gnu-mlops configuration',
    description: 'configs/config.yaml and configs/config.local.yaml',
    ...(schema as JsonObject),
  };
}
