import { inspect } from 'node:util';

/** All that a value holds at any depth, hidden or not, as the deepest of prints shows it. */
export function deepText(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    showHidden: true,
    getters: true,
    maxArrayLength: null,
    maxStringLength: null,
  });
}
