import type { Column } from '@gnu-mlops/core';
import { trimmed, withRoom } from './grow.ts';

/** Cells of a column in the making that come as numbers of known texts. */
export interface CodeCells {
  /** Append the numbers `from` to before `to`; -1 is a missing cell. */
  append(numbers: ArrayLike<number>, from: number, to: number): void;
  finish(): Column;
}

/**
 * Start a column of strings out of a list of texts. Its own dictionary has those that appear, in the
 * order in which they do, and blank text is a missing cell, as if the texts themselves had come.
 */
export function collectCodes(texts: readonly string[], rowsExpected: number): CodeCells {
  const dictionary: string[] = [];
  const codeOf = new Int32Array(texts.length).fill(unseen);
  let codes = new Int32Array(rowsExpected);
  let length = 0;

  function firstCode(number: number): number {
    const text = texts[number]!;
    codeOf[number] = text.trim() === '' ? -1 : dictionary.push(text) - 1;
    return codeOf[number]!;
  }
  return {
    append(numbers, from, to) {
      codes = withRoom(codes, length + to - from);
      for (let i = from; i < to; i++) {
        const number = numbers[i]!;
        let code = number < 0 ? -1 : codeOf[number]!;
        if (code === unseen) code = firstCode(number);
        codes[length++] = code;
      }
    },
    finish: () => ({ kind: 'categorical', codes: trimmed(codes, length), dictionary }),
  };
}

const unseen = -2;
