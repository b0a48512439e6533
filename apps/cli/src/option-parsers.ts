import { InvalidArgumentError } from 'commander';

/** An option's text as a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Give a whole number of at least ${least}.`);
    }
    return value;
  };
}

/** A number of threads, or -1 for all. */
export function jobCount(text: string): number {
  const value = Number(text);
  if (/^(-1|[1-9]\d*)$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Give a whole number of at least 1, or -1 for all threads.');
}

/** A decision threshold: a probability, or what it shall be best at. */
export function thresholdValue(text: string): number | 'f1' | 'accuracy' | 'youden' | 'cost' {
  if (text === 'f1' || text === 'accuracy' || text === 'youden' || text === 'cost') return text;
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a number from 0 to 1, or f1, accuracy, youden or cost.');
}

/** Collects `name=value` options into one object; a value that reads as JSON is that value. */
export function namedValue(
  text: string,
  collected: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Give name=value.');
  return { ...collected, [text.slice(0, equals)]: jsonOrText(text.slice(equals + 1)) };
}

/** Collects `name=text` options into one object. */
export function namedText(
  text: string,
  collected: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1) throw new InvalidArgumentError('Give name=file.');
  return { ...collected, [text.slice(0, equals)]: text.slice(equals + 1) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
