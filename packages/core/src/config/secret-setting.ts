import { z } from 'zod';
import { createSecret } from './secret.ts';

/**
 * A setting that comes from the environment only. JSON Schema marks it `writeOnly`, and allows a
 * file nothing but a reference to a variable.
 */
export function secretSetting(description: string) {
  return z
    .string()
    .min(1)
    .transform(createSecret)
    .meta({ description, writeOnly: true, pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$' });
}
