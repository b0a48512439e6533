import {
  type SignatureType,
  isMissingToken,
  parseBoolean,
  parseNumber,
  parseTimestamp,
} from '@gnu-mlops/core';
import { numberForm } from '../number-form.ts';
import type { TypeFinder } from './inferred-columns.ts';

/** Finds the type of a column of CSV. */
export interface TextTypeFinder extends TypeFinder {
  /** @param text null: a blank cell. */
  see(text: string | null): void;
}

/** Start a column of texts; its type is the one that `readCsv` gives to the same cells. */
export function createTextTypeFinder(): TextTypeFinder {
  let hasMissing = false;
  let hasValue = false;
  let isBoolean = true;
  let isNumber = true;
  let isTime = true;
  let isWhole = true;
  let isSafe = true;

  function seeNumber(text: string): void {
    const value = parseNumber(text);
    if (value === undefined) {
      isNumber = false;
      return;
    }
    const form = numberForm(text);
    if (form === 'real') isWhole = false;
    else if (form === 'padded') isNumber = false;
    else if (Math.abs(value) > Number.MAX_SAFE_INTEGER) isSafe = false;
  }

  return {
    see(cell) {
      const text = cell?.trim() ?? '';
      if (text === '' || isMissingToken(text)) {
        hasMissing = true;
        return;
      }
      hasValue = true;
      if (isBoolean) isBoolean = text.length > 1 && parseBoolean(text) !== undefined;
      if (isNumber) seeNumber(text);
      if (isTime) isTime = parseTimestamp(text) !== undefined;
    },
    hasValue: () => hasValue,
    isWhole: () => hasValue && !isBoolean && isNumber && isWhole && isSafe,
    find(): SignatureType {
      if (!hasValue) return 'double';
      if (isBoolean) return 'boolean';
      if (isNumber) {
        if (!isWhole) return 'double';
        if (isSafe) return hasMissing ? 'double' : 'long';
        return 'string';
      }
      return isTime ? 'datetime' : 'string';
    },
  };
}
