import { isGnuMlopsError } from '@gnu-mlops/core';
import { openTokenStore } from '../../src/security/token-store.ts';

/** What became of tokens that were made until the file of them could not grow any more. */
export interface TokenReport {
  /** How many were said to be made. */
  readonly made: number;
  /** How many of them are there for who opens the file anew. */
  readonly found: number;
  readonly code: string;
}

const path = process.argv[2]!;
const store = openTokenStore(path);
const texts: string[] = [];
let code = '';
while (code === '') {
  try {
    texts.push(store.create({ name: `token ${texts.length}`, scope: 'read' }).text);
  } catch (error) {
    code = isGnuMlopsError(error) ? error.code : String(error);
  }
}
const anew = openTokenStore(path);
const found = texts.filter((text) => anew.find(text) !== undefined).length;
console.log(JSON.stringify({ made: texts.length, found, code } satisfies TokenReport));
