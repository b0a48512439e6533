import { ModelInvalidError } from '../errors.ts';

/**
 * Check that a value would come back unchanged from JSON text, which turns NaN and Infinity into null
 * and drops functions without a word.
 *
 * @throws {ModelInvalidError} naming the place.
 */
export function checkJson(value: unknown, where: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ModelInvalidError(where, `is ${value}, which JSON cannot hold`);
  }
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => checkJson(item, `${where}[${i}]`));
  } else if (typeof value === 'object' && isPlain(value)) {
    for (const [name, entry] of Object.entries(value)) {
      if (entry !== undefined) checkJson(entry, `${where}.${name}`);
    }
  } else {
    throw new ModelInvalidError(where, `is a ${typeof value}, which JSON cannot hold`);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
