import type { Tags } from '../entities.ts';
import { NameInvalidError, ValueInvalidError } from '../value-errors.ts';
import type { Tag } from '../http/model-store.ts';

const LONGEST_KEY = 255;
const LONGEST_VALUE = 1000;
/** Unity Catalog reserves these in keys of tags; `%` begins what stands for them. */
const reserved = /[.,\-=/:%]/g;
const escapes = /%(2E|2C|2D|3D|2F|3A|25)/g;

/** The key of a tag as Unity Catalog takes it: `gnu_mlops%2Estage` for `gnu_mlops.stage`. */
export function encodeTagKey(key: string): string {
  return key.replace(
    reserved,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The key that was encoded. */
export function decodeTagKey(key: string): string {
  return key.replace(escapes, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Tags as they were before their keys were encoded. */
export function decodeTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [decodeTagKey(key), value]));
}

/**
 * Check what Unity Catalog asks of a tag beyond what all registries do.
 *
 * @throws {NameInvalidError | ValueInvalidError}
 */
export function checkUnityTag({ key, value }: Tag): void {
  if (encodeTagKey(key).length > LONGEST_KEY) {
    const problem = `with its reserved characters written as %.. it is longer than ${LONGEST_KEY}.`;
    throw new NameInvalidError('tag in Unity Catalog', key, problem);
  }
  if (key.trim() !== key) {
    throw new NameInvalidError('tag in Unity Catalog', key, 'it begins or ends with a space.');
  }
  if ([...value].length > LONGEST_VALUE) {
    throw new ValueInvalidError(
      `tag "${key}"`,
      `is longer than the ${LONGEST_VALUE} characters that Unity Catalog takes.`,
    );
  }
  if (value.trim() !== value) {
    const problem = 'begins or ends with a space, which Unity Catalog does not take.';
    throw new ValueInvalidError(`tag "${key}"`, problem);
  }
}
