import { parseTimestamp } from '@gnu-mlops/core';
import type { TypeFinder } from '../inference/inferred-columns.ts';
import type { JsonCell } from './parse-json-line.ts';

/** Finds the type of a column out of its JSON values. */
export interface JsonTypeFinder extends TypeFinder {
  see(value: JsonCell): void;
}

/**
 * Start a column of unknown type. All cells decide: all true or false is boolean; all numbers is
 * `long` where all are whole and none is missing, else `double`; all strings in the form of ISO 8601
 * dates or times is `datetime`; anything else, or a mixture, is strings, as is a column of whole
 * numbers of which one is beyond 2^53. null decides nothing; a column of nothing else is `double`.
 */
export function createJsonTypeFinder(): JsonTypeFinder {
  const has = { boolean: false, whole: false, real: false, long: false, time: false, text: false };
  let hasMissing = false;

  return {
    see(value) {
      if (value === null) hasMissing = true;
      else if (typeof value === 'boolean') has.boolean = true;
      else if (typeof value === 'bigint') has.long = true;
      else if (typeof value === 'number') {
        has[Number.isSafeInteger(value) ? 'whole' : 'real'] = true;
      } else if (value.trim() === '') hasMissing = true;
      else if (!has.text) has[parseTimestamp(value) === undefined ? 'text' : 'time'] = true;
    },
    hasValue: () => Object.values(has).includes(true),
    isWhole: () => Object.entries(has).every(([kind, isIn]) => isIn === (kind === 'whole')),
    find() {
      const isNumber = has.whole || has.real || has.long;
      const families = [has.boolean, isNumber, has.time || has.text].filter(Boolean).length;
      if (families > 1 || has.text) return 'string';
      if (has.boolean) return 'boolean';
      if (has.time) return 'datetime';
      if (has.long && !has.real) return 'string';
      return has.whole && !has.real && !hasMissing ? 'long' : 'double';
    },
  };
}
