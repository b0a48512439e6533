import { LIMITS, type Tags } from '@gnu-mlops/registry-client';
import { RequestInvalidError } from '../errors.ts';
import { list, required, text } from './field.ts';
import { message } from './message.ts';

/** A tag or a parameter as the protocol writes it. */
export interface WireTag {
  readonly key: string;
  readonly value?: string;
}

/** `[{ key, value }]`: tags, and parameters too. */
export const tagList = list(message({ key: required(text), value: text }));

/** A later tag of the same key wins. */
export function readTags(tags: readonly WireTag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ key, value }) => [key, value ?? '']));
}

/** Tags of a run: like a server of MLflow, this one cuts values that are too long. */
export function readRunTags(tags: readonly WireTag[] | undefined): Tags {
  const entries = Object.entries(readTags(tags));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, cutValue(value, LIMITS.runTagValueLength)]),
  );
}

/**
 * Parameters of a run, cut like tags.
 *
 * @throws {RequestInvalidError} when one is there twice, as in MLflow.
 */
export function readParams(params: readonly WireTag[] | undefined): Tags {
  const read = new Map<string, string>();
  for (const { key, value = '' } of params ?? []) {
    if (read.has(key)) {
      throw new RequestInvalidError(
        `Duplicate parameter keys have been submitted: ['${key}']. Send each parameter once.`,
      );
    }
    read.set(key, cutValue(value, LIMITS.paramValueLength));
  }
  return Object.fromEntries(read);
}

/** The beginning of a text that has more characters than a limit. */
export function cutValue(value: string, length: number): string {
  return value.length <= length ? value : [...value].slice(0, length).join('');
}

/** Tags as the protocol writes them; undefined, which leaves the field out, where there are none. */
export function formatTags(tags: Tags): WireTag[] | undefined {
  return nonEmpty(Object.entries(tags).map(([key, value]) => ({ key, value })));
}

/** The protocol leaves empty lists out. */
export function nonEmpty<T>(items: readonly T[]): T[] | undefined {
  return items.length === 0 ? undefined : [...items];
}
