import { OperationUnsupportedError } from './store-errors.ts';
import type { Registry } from './registry.ts';

/** Methods that throw OperationUnsupportedError, for what a registry cannot do by its nature. */
export function unsupportedOperations<Name extends keyof Registry>(
  registry: string,
  reasons: Readonly<Record<Name, string>>,
): Pick<Registry, Name> {
  const methods = Object.entries<string>(reasons).map(([name, reason]) => [
    name,
    async () => {
      throw new OperationUnsupportedError(name, registry, reason);
    },
  ]);
  return Object.fromEntries(methods) as Pick<Registry, Name>;
}
