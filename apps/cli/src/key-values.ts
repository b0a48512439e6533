import { InvalidArgumentError } from 'commander';

/** `key=value` arguments as pairs, in order; the value may hold further `=`. */
export function keyValues(texts: readonly string[]): (readonly [string, string])[] {
  return texts.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new InvalidArgumentError(`Give key=value, not "${text}".`);
    return [text.slice(0, equals), text.slice(equals + 1)] as const;
  });
}
