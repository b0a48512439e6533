import { textAt, textIn } from '../cells.ts';
import { CategoriesTooManyError } from '../errors.ts';
import { tokenize } from '../tokenize.ts';
import type { Accumulator } from './learn-columns.ts';

/** By word: how often it occurs, and in how many rows. */
export type WordCounts = ReadonlyMap<string, { readonly total: number; readonly rows: number }>;

/**
 * Count the words of a column of texts.
 *
 * @throws {CategoriesTooManyError} from `add`, when there are more than `most`.
 */
export function collectWords(column: string, most: number): Accumulator<WordCounts> {
  const counts = new Map<string, { total: number; rows: number; last: number }>();
  let before = 0;
  return {
    add(cells) {
      const texts = textIn(cells);
      const rowCount = texts.kind === 'text' ? texts.values.length : texts.codes.length;
      for (let row = 0; row < rowCount; row++) {
        for (const word of tokenize(textAt(texts, row) ?? '')) {
          const last = before + row;
          const count = counts.get(word);
          if (count === undefined) counts.set(word, { total: 1, rows: 1, last });
          else {
            count.total++;
            if (count.last !== last) count.rows++;
            count.last = last;
          }
        }
      }
      before += rowCount;
      if (counts.size > most) throw new CategoriesTooManyError(column, most);
    },
    finish: () => counts,
  };
}
