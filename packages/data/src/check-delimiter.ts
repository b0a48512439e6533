import { DataOptionError } from './errors.ts';

/** ASCII that is no part of a word, a number, a quote or a line ending. */
const delimiters = "\t !#$%&'*,/:;<=>?@[\\]^`{|}~";

/** @throws {DataOptionError} for what cannot separate cells. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter.length !== 1 || !delimiters.includes(delimiter)) {
    const expected = 'one ASCII character such as "," that is no part of a number, word or quote';
    throw new DataOptionError('delimiter', expected);
  }
}
