import { NameInvalidError } from '../value-errors.ts';

/** What completes a name of fewer than three parts. */
export interface UnityDefaults {
  readonly catalog?: string | undefined;
  readonly schema?: string | undefined;
}

/** The three parts of a model's name. */
export interface UnityName {
  readonly catalog: string;
  readonly schema: string;
  readonly model: string;
}

/**
 * The full name of a model, `catalog.schema.model`, in small letters as Unity Catalog keeps it.
 *
 * @throws {NameInvalidError}
 */
export function resolveUnityName(name: string, { catalog, schema }: UnityDefaults): string {
  const given = name.split('.');
  const missing = [catalog, schema].slice(0, Math.max(0, 3 - given.length));
  const parts = [...missing, ...given];
  const isWhole = parts.length === 3 && parts.every((part) => part !== undefined && part !== '');
  if (!isWhole) {
    throw new NameInvalidError(
      'model in Unity Catalog',
      name,
      'it has three parts, "catalog.schema.model"; give all of them, or a catalog and a schema for shorter names.',
    );
  }
  if (parts.some((part) => /[\s/\u0000-\u001f\u007f]/.test(part!))) {
    throw new NameInvalidError(
      'model in Unity Catalog',
      name,
      'its parts hold neither spaces nor "/".',
    );
  }
  return parts.join('.').toLowerCase();
}

/** The parts of a full name. */
export function splitUnityName(fullName: string): UnityName {
  const [catalog = '', schema = '', model = ''] = fullName.split('.');
  return { catalog, schema, model };
}
