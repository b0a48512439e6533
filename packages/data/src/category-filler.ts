import type { CategoricalColumn, TextColumn } from '@gnu-mlops/core';
import { appendTexts } from './append-texts.ts';
import { categoricalOrText } from './categorical-or-text.ts';

import type { ColumnFiller } from './column-filler.ts';
import { createStringFiller } from './string-filler.ts';

/** A filler that tells categories from text. */
export interface CategoryFiller extends ColumnFiller {
  finish(): CategoricalColumn | TextColumn;
}

/**
 * Start a column of strings that is categorical or text, as {@link categoricalOrText} has it. Once it
 * has more than `maxDictionary` distinct strings it can only be text, and no more of them are counted.
 */
export function createCategoryFiller(rowsExpected: number, maxDictionary: number): CategoryFiller {
  const strings = createStringFiller(rowsExpected);
  const texts: (string | null)[] = [];
  return {
    append(batch, column, fromRow) {
      if (strings.distinctCount <= maxDictionary) return strings.append(batch, column, fromRow);
      appendTexts(texts, batch, { column, fromRow });
      return batch.rowCount;
    },
    appendMissing(count) {
      if (strings.distinctCount <= maxDictionary) strings.appendMissing(count);
      else for (let i = 0; i < count; i++) texts.push(null);
    },
    finish() {
      const column = categoricalOrText(strings.finish(), maxDictionary);
      if (column.kind === 'categorical') return column;
      return {
        kind: 'text',
        values: texts.length > 0 ? column.values.concat(texts) : column.values,
      };
    },
  };
}
